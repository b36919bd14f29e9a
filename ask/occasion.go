package ask

import (
	"regexp"
	"strings"
)

// ownPieces are places in what somebody writes himself, and the events that he writes
// it for: 讲话稿第二段, "slide 3", "the conference handout". They look like places
// and measures of the policy and are neither.
var ownPieces = []*regexp.Regexp{
	regexp.MustCompile(`(?:讲话稿?|发言稿?|讲稿|稿子|稿件|底稿|提纲|PPT|ppt|幻灯片?|课件|汇报稿?|汇报材料|简报|专报|脚注|周报|月报|年报|新闻稿|通稿|答复函?|论文|作业|教案|报道|推文|我的?(?:材料|报告|表))的?(第[一二三四五六七八九十百0-9]+(?:大?部分|小节|段|页|张|章|节|点|条|处|屏))`),
	regexp.MustCompile(`(第[一二三四五六七八九十百0-9]+(?:段|页|张|屏))(?:讲话|发言|稿子|PPT|ppt|幻灯片?|课件)`),
	regexp.MustCompile(`(?i)\b((?:conference|meeting|seminar|workshop|expo|exhibition|fair|summit|training|university|school|club|class) )(?:hand-?outs?|slides?|deck|brochures?|booklets?|programmes?|agenda|badges?|packs?|papers?|memos?|notes?|speech|posters?|leaflets?|essays?)\b`),
	regexp.MustCompile(`(?i)\b((?:slides?|pages?|paragraphs?|footnotes?) (?:no\.? ?|number )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten))\b`),
	regexp.MustCompile(`(?i)\b((?:sections?|chapters?|parts?|paragraphs?) (?:\d+|one|two|three|four|five|six)) of (?:my|our|his|her|their|the) (?:own )?(?:deck|slides?|speech|memo|report|essay|thesis|talk|paper|draft|presentation|article|notes?)\b`),
}

// withoutOwnPieces blanks them, so that everything else stays where it was.
func withoutOwnPieces(s string) string {
	if len(s) > maxQuestion {
		return s
	}
	for _, p := range ownPieces {
		for _, m := range p.FindAllStringSubmatchIndex(s, -1) {
			s = s[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + s[m[3]:]
		}
	}
	return s
}
