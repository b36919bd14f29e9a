package picture

import "image/color"

// ink is a colour of the palette, by what it is for.
type ink string

// The palette. Its hues are blue, amber, vermilion and grey, which people with
// any kind of colour blindness can tell apart; what is read is at least 4.5
// times as bright or as dark as what it stands on. The tests hold both.
const (
	none  ink = ""
	paper ink = "paper" // The ground of every picture, so that it reads in a dark surrounding too.
	text  ink = "text"
	muted ink = "muted"
	rule  ink = "rule"  // Hairlines and frames.
	track ink = "track" // What a bar runs in.
	faint ink = "faint" // Where nothing is expected.

	solid   ink = "solid"    // What counts.
	onSolid ink = "on-solid" // Text on it.

	amber       ink = "amber"
	amberStripe ink = "amber-stripe"
	amberEdge   ink = "amber-edge"
	onAmber     ink = "on-amber"

	rose     ink = "rose"
	roseEdge ink = "rose-edge"
	onRose   ink = "on-rose"

	grey       ink = "grey"
	greyStripe ink = "grey-stripe"
	greyEdge   ink = "grey-edge"
	onGrey     ink = "on-grey"

	deepGreen ink = "deep-green"
	orange    ink = "orange"
	onOrange  ink = "on-orange"
	deepRed   ink = "deep-red"

	lineA ink = "line-a" // The lines of a series.
	lineB ink = "line-b"
	lineC ink = "line-c"

	shade1 ink = "shade-1" // Scores from low to high: light to dark.
	shade2 ink = "shade-2"
	shade3 ink = "shade-3"
	shade4 ink = "shade-4"
	shade5 ink = "shade-5"
)

var palette = map[ink]color.RGBA{
	paper: rgb(0xffffff), text: rgb(0x18202c), muted: rgb(0x4d5968), rule: rgb(0xcfd5dd), track: rgb(0xebeff4), faint: rgb(0xf4f6f8),
	solid: rgb(0x0b5cad), onSolid: rgb(0xffffff),
	amber: rgb(0xffebbd), amberStripe: rgb(0xf6d27f), amberEdge: rgb(0xb57900), onAmber: rgb(0x4a3200),
	rose: rgb(0xf9cdbb), roseEdge: rgb(0xc43e12), onRose: rgb(0x741d00),
	grey: rgb(0xdde1e8), greyStripe: rgb(0xcbd1db), greyEdge: rgb(0x5f6a78), onGrey: rgb(0x2c3644),
	deepGreen: rgb(0x00705a), orange: rgb(0xf4a259), onOrange: rgb(0x3d1a00), deepRed: rgb(0x9c1c0c),
	lineA: rgb(0x0b5cad), lineB: rgb(0xbd4b00), lineC: rgb(0x4a4a4a),
	shade1: rgb(0xeaf1f8), shade2: rgb(0xc3d9ee), shade3: rgb(0x8fbbe2), shade4: rgb(0x2e73b5), shade5: rgb(0x0a3f78),
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16 & 0xff), G: uint8(hex >> 8 & 0xff), B: uint8(hex & 0xff), A: 0xff}
}
