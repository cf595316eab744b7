#pragma once

#include <string_view>

namespace base {

/// The first code points of the two tables below.
inline constexpr char32_t fold_latin_first = 0x00C0;
inline constexpr char32_t fold_latin_additional_first = 0x1E00;

/// The plain lower-case letter of each code point from U+00C0 on; a full stop where there is not exactly one.
// clang-format off
inline constexpr std::string_view fold_latin =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy.." // U+00C0
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" // U+00E0
    "aaaaaaccccccccddddeeeeeeeeeegggg" // U+0100
    "gggghhhhiiiiiiiiii..jjkkklllllll" // U+0120
    "lllnnnnnnnnnoooooo..rrrrrrssssss" // U+0140
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs" // U+0160
    "b........dd......ff....i..l....." // U+0180
    "oo.............uu....zz........." // U+01A0
    ".............aaiioouuuuuuuuuu.aa" // U+01C0
    "aa..ggggkkoooo..j...gg..nnaa...." // U+01E0
    "aaaaeeeeiiiioooorrrruuuusstt..hh" // U+0200
    "......aaeeooooooooyy......acclt." // U+0220
    "...bu.eejj..rryy"; // U+0240

/// The same from U+1E00 on; Vietnamese lives here.
inline constexpr std::string_view fold_latin_additional =
    "aabbbbbbccddddddddddeeeeeeeeeeff" // U+1E00
    "gghhhhhhhhhhiiiikkkkkkllllllllmm" // U+1E20
    "mmmmnnnnnnnnoooooooopppprrrrrrrr" // U+1E40
    "ssssssssssttttttttuuuuuuuuuuvvvv" // U+1E60
    "wwwwwwwwwwxxxxyyzzzzzzhtwya....." // U+1E80
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" // U+1EA0
    "eeeeeeeeiiiioooooooooooooooooooo" // U+1EC0
    "oooouuuuuuuuuuuuuuyyyyyyyy......"; // U+1EE0
// clang-format on

static_assert(fold_latin.size() == 0x0250 - fold_latin_first);
static_assert(fold_latin_additional.size() == 0x1F00 - fold_latin_additional_first);

} // namespace base
