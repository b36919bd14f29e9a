package ledger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"wainao/lang"
)

// What a unified social credit code is made of (统一社会信用代码, GB 32100-2015
// section 4): the registering department (1 character), the kind of
// organisation (1), the administrative division (6 digits), the organisation
// code (9, of which the last is its own check digit by GB 11714-1997), and a
// check character over all of them.
const (
	creditCodeLength = 18
	// creditCodeAlphabet has neither I, O, S, V nor Z, which look like digits
	// or each other. A character's value is its place.
	creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	// organisationAlphabet gives the values of GB 11714, which counts all
	// letters.
	organisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

	divisionFrom, divisionTo         = 2, 8
	organisationFrom, organisationTo = 8, 17
)

// The weights of the characters: the powers of 3 modulo 31 (GB 32100-2015
// section 5, after GB/T 17710), and those of GB 11714.
var (
	creditCodeWeights   = [creditCodeLength - 1]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	organisationWeights = [organisationTo - organisationFrom - 1]int{3, 7, 9, 10, 5, 8, 4, 2}
)

// lookalikes are what is mostly meant by a letter that no code has.
var lookalikes = map[rune]rune{'I': '1', 'O': '0', 'S': '5', 'V': 'U', 'Z': '2'}

// CheckCreditCode returns a unified social credit code as it is written
// officially: full-width and lower-case characters are accepted, spaces and
// hyphens dropped. The error is a [lang.Problem]: "credit_code_length",
// "credit_code_character", "credit_code_organisation" (the check digit of the
// organisation code within, GB 11714) or "credit_code_check_digit" (the last
// character, GB 32100-2015). One wrong character is always found, because 31
// is prime and no weight is a multiple of it.
//
// Whether the code was ever given out is not known, nor whether it is the named
// holder's. A few codes given in Xiamen before 2016 break the standard and are
// refused.
func CheckCreditCode(s string) (normalised string, err error) {
	code := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, width.Narrow.String(s))
	if n := utf8.RuneCountInString(code); n != creditCodeLength {
		return "", lang.Problemf("credit_code_length",
			"统一社会信用代码应为 18 位，这里是 %d 位。请对照营业执照补全。",
			"A unified social credit code has 18 characters; this has %d. Compare it with the business licence.", n)
	}
	for i, r := range []rune(code) {
		if strings.ContainsRune(creditCodeAlphabet, r) && (i < divisionFrom || i >= divisionTo || unicode.IsDigit(r)) {
			continue
		}
		return "", wrongCharacter(i+1, r)
	}
	organisation := code[organisationFrom:organisationTo]
	if organisation[len(organisation)-1] != organisationCheckDigit(organisation) {
		return "", lang.Problemf("credit_code_organisation",
			"统一社会信用代码第 9–17 位（%s，组织机构代码）的校验位不对，其中有一位写错了。请对照营业执照。",
			"Characters 9–17 of the credit code (%s, the organisation code) do not fit their check digit: one of them is wrong. Compare it with the business licence.",
			organisation)
	}
	if code[creditCodeLength-1] != creditCodeCheckDigit(code) {
		return "", lang.Problemf("credit_code_check_digit",
			"统一社会信用代码的校验位（最后一位）不对，18 位中有一位写错了。请对照营业执照。",
			"The credit code's last character does not fit the others: one of the 18 is wrong. Compare it with the business licence.")
	}
	return code, nil
}

func wrongCharacter(place int, r rune) error {
	if place > divisionFrom && place <= divisionTo {
		return lang.Problemf("credit_code_character",
			"统一社会信用代码第 %d 位是“%s”，而第 3–8 位只能是数字。",
			"Character %d of the credit code is “%s”, but characters 3–8 are digits.", place, string(r))
	}
	if meant, ok := lookalikes[r]; ok {
		return lang.Problemf("credit_code_character",
			"统一社会信用代码不用字母 I、O、S、V、Z，第 %d 位是“%s”，也许应为“%s”。",
			"A credit code never has the letters I, O, S, V or Z; character %d is “%s”. Perhaps “%s” is meant.", place, string(r), string(meant))
	}
	return lang.Problemf("credit_code_character",
		"统一社会信用代码只有数字和大写字母，第 %d 位是“%s”。",
		"A credit code has digits and capital letters only; character %d is “%s”.", place, string(r))
}

// creditCodeCheckDigit returns the last character that the first 17 of code
// ask for.
func creditCodeCheckDigit(code string) byte {
	sum := 0
	for i, weight := range creditCodeWeights {
		sum += strings.IndexByte(creditCodeAlphabet, code[i]) * weight
	}
	const modulus = len(creditCodeAlphabet)
	return creditCodeAlphabet[(modulus-sum%modulus)%modulus]
}

// organisationCheckDigit returns the last character that the first 8 of an
// organisation code ask for: X stands for 10.
func organisationCheckDigit(code string) byte {
	sum := 0
	for i, weight := range organisationWeights {
		sum += strings.IndexByte(organisationAlphabet, code[i]) * weight
	}
	const digits = "0123456789X"
	return digits[(len(digits)-sum%len(digits))%len(digits)]
}
