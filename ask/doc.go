// Package ask answers questions about the policy, in Chinese and English.
//
// It decides what a question asks and what of the policy answers it: it brings
// the words into a normal form, finds the names in them in spite of
// misspellings, reads what is asked, and tells the answer with its places in
// the document. The steps are deterministic, and an [Explanation] shows them.
//
// It never guesses. What the policy does not say is answered as unknown, with
// the nearest things that can be asked; a false premise is corrected. It never
// counts progress: live figures come from [Facts]. It never does I/O, reads a
// clock or knows Slack.
package ask
