#include "base/text.hpp"

#include "base/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view family_emoji = "\U0001F468\u200D\U0001F469\u200D\U0001F467";

TEST(Trim, RemovesAsciiAndNoBreakSpacesAtBothEnds)
{
    EXPECT_EQ(base::trim(" \t\r\n a b \v\f"), "a b");
    EXPECT_EQ(base::trim(" \u00A0 \u00A0a\u00A0b\u00A0 "), "a\u00A0b");
    EXPECT_EQ(base::trim("\u00A0 \n"), "");
    EXPECT_EQ(base::trim(""), "");
    EXPECT_EQ(base::trim("\u0160"), "\u0160") << "its last byte is that of a no-break space";
}

TEST(Utf8, WellFormedTextIsValid)
{
    for (std::string_view text : {"", "plain", "Nu\u00F1ez", "\u0440\u0443\u0441", "\uFFFD\uFFFF", "\U0010FFFF"}) {
        EXPECT_TRUE(base::is_valid_utf8(text)) << text;
    }
    EXPECT_TRUE(base::is_valid_utf8(family_emoji));
    EXPECT_TRUE(base::is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, MalformedTextIsNot)
{
    for (std::string_view text : {"\x80", "\xBF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3(", "\xE2(\xA1", "\xFE",
             "\xFF", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF",
             "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80"}) {
        EXPECT_FALSE(base::is_valid_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(Utf8, AFaultIsFoundWhereverItStandsInALongText)
{
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        EXPECT_TRUE(base::is_valid_utf8(text));
        text[at] = '\x9F';
        EXPECT_FALSE(base::is_valid_utf8(text)) << at;
    }
}

TEST(CodePoints, AreCountedAndCutWhole)
{
    EXPECT_EQ(base::count_code_points("Nu\u00F1ez"), 5U);
    EXPECT_EQ(base::count_code_points("e\u0301"), 2U);
    EXPECT_EQ(base::count_code_points(family_emoji), 5U);
    EXPECT_EQ(base::count_code_points(""), 0U);

    EXPECT_EQ(base::first_code_points("Nu\u00F1ez", 3), "Nu\u00F1");
    EXPECT_EQ(base::first_code_points("Nu\u00F1ez", 99), "Nu\u00F1ez");
    EXPECT_EQ(base::first_code_points("Nu\u00F1ez", 0), "");
    EXPECT_EQ(base::first_code_points("\U0001F600\U0001F600", 1), "\U0001F600");
}

TEST(ControlCharacters, AreFoundButLineBreaksAndTabsAreNot)
{
    EXPECT_FALSE(base::has_control_characters("a\tb\r\nc \u00F1\u00A0"));
    EXPECT_TRUE(base::has_control_characters(std::string_view("a\0b", 3)));
    for (std::string_view text : {"\x1B[31m", "\x7F", "\x01", "\u009B31m", "\u0080"}) {
        EXPECT_TRUE(base::has_control_characters(text)) << testing::PrintToString(text);
    }
}

TEST(FileNames, LoseFoldersAndWhatIsNotSeen)
{
    EXPECT_EQ(base::plain_file_name("meter.jpg"), "meter.jpg");
    EXPECT_EQ(base::plain_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(base::plain_file_name("C:\\photos\\a \u00F1.jpg"), "a \u00F1.jpg");
    EXPECT_EQ(base::plain_file_name("gpj.\u202Eexe"), "gpj.exe");
    EXPECT_EQ(base::plain_file_name("a\r\n\u0085\u00AD\u200B\u2028\u2066\uFE0F\uFEFF\U000E0041b\xFF"), "ab");
    EXPECT_EQ(base::plain_file_name("folder/"), "");
}

TEST(InvisibleCharacters, AreNotTheBlanksAndLettersPeopleSee)
{
    for (const char32_t c : {U'\u00AD', U'\u061C', U'\u200D', U'\u200F', U'\u2029', U'\u202A', U'\u2066', U'\uFEFF'}) {
        EXPECT_TRUE(base::is_invisible(c)) << static_cast<unsigned>(c);
    }
    for (const char32_t c : {U'a', U' ', U'\u00A0', U'\u0301', U'\u2009', U'\u0436', U'\u20AC', U'\uFFFD'}) {
        EXPECT_FALSE(base::is_invisible(c) || base::is_control(c)) << static_cast<unsigned>(c);
    }
}

TEST(CleanText, EveryKindOfLineBreakIsANewline)
{
    EXPECT_EQ(base::clean_text("a\r\nb\rc\nd"), "a\nb\nc\nd");
    EXPECT_EQ(base::clean_text("a\vb\fc\u0085d\u2028e\u2029f"), "a\nb\nc\nd\ne\nf");
    EXPECT_EQ(base::clean_text("\r\n\r\n a\r\n\r\nb \r\n"), "a\n\nb");
}

TEST(CleanText, OtherControlCharactersGoAndTabsStay)
{
    EXPECT_EQ(base::clean_text("a\x03"
                               "b\x1F\tc\x7F\u009F"
                               "d"),
        "ab\tcd");
    EXPECT_EQ(base::clean_text("caf\u00E9 \U0001F525"), "caf\u00E9 \U0001F525");
}

TEST(CleanText, NothingIsShownInAnotherOrderThanItWasTyped)
{
    EXPECT_EQ(base::clean_text("a\uFFFE\uFFFFb\uFDD0c\U0001FFFE"), "abc");
    EXPECT_EQ(base::clean_text("12 \u202Eevil\u202C Road \u2067x\u2069"), "12 evil Road x");
    EXPECT_EQ(base::clean_text("\u05E9\u05DC\u05D5\u05DD\u200F!"), "\u05E9\u05DC\u05D5\u05DD\u200F!");
}

TEST(CleanText, WhatShowsNothingIsEmpty)
{
    for (const auto* const text :
        {"", " \t\r\n", "\u200B", "\u200B \u00A0\u2060", "\u3000", "\u2003\u00A0", "\u202E", "\x01\x02", "\u2800"})
        EXPECT_EQ(base::clean_text(text), "") << text;
    EXPECT_EQ(base::clean_text("\u200Bx"), "\u200Bx");
}

TEST(CleanLine, BreaksAndTabsAreBlanks)
{
    EXPECT_EQ(base::clean_line(" 12\tElm\r\nStreet\v"), "12 Elm Street");
}

TEST(Fold, LowersLatinAndRemovesAccents)
{
    EXPECT_EQ(base::fold("NU\u00D1EZ nu\u00F1ez"), "nunez nunez");
    EXPECT_EQ(base::fold("\u00C0\u00C9\u00CE\u00D5\u00DC\u00DD \u00E7\u00FF\u00F8\u00F0"), "aeiouy cyod");
    EXPECT_EQ(base::fold("\u0141\u00F3d\u017A \u0160koda \u0130\u0131 \u010Ce\u0161ka"), "lodz skoda ii ceska");
    EXPECT_EQ(base::fold("\u0218tefan \u021Bar\u0103"), "stefan tara");
    EXPECT_EQ(base::fold("Nguy\u1EC5n \u0110\u1EA1i \u01AF\u01A1ng \u1EF8\u1EF9"), "nguyen dai uong yy");
    EXPECT_EQ(base::fold("12 Elm-Str."), "12 elm-str.");
}

TEST(Fold, SplitsLettersThatAreTwo)
{
    EXPECT_EQ(base::fold("Stra\u00DFe STRA\u1E9EE"), "strasse strasse");
    EXPECT_EQ(base::fold("\u00C6\u00E6\u0152\u0153\u00DE\u00FE"), "aeaeoeoethth");
}

TEST(Fold, DecomposedAccentsFoldLikeComposedOnes)
{
    EXPECT_EQ(base::fold("Nun\u0303ez"), base::fold("Nu\u00F1ez"));
    EXPECT_EQ(base::fold("e\u0302\u0301"), base::fold("\u1EBF"));
    EXPECT_EQ(base::fold("\u0438\u0306"), "\u0439") << "a Cyrillic short i is a letter of its own";
    EXPECT_EQ(base::fold("\u1100\u1161\u11A8"), "\uAC01") << "a Korean syllable";
    EXPECT_EQ(base::fold("\u30AB\u3099\u30B9"), "\u30AC\u30B9") << "Japanese voicing marks";
    EXPECT_EQ(base::fold("\xFF\u0438\u0306\xC3"), "\xFF\u0439\xC3") << "malformed bytes are kept";
    EXPECT_EQ(base::fold("\u0301a"), "\u0301a");
}

TEST(Fold, LowersGreekAndCyrillic)
{
    EXPECT_EQ(base::fold("\u0391\u0398\u0397\u039D\u0391\u03A3"), base::fold("\u03B1\u03B8\u03B7\u03BD\u03B1\u03C2"));
    EXPECT_EQ(base::fold("\u0386\u0388\u038C\u038E\u038F"), "\u03AC\u03AD\u03CC\u03CD\u03CE");
    EXPECT_EQ(base::fold("\u0418\u0412\u0410\u041D \u0401\u0419 \u0404\u0490"),
        "\u0438\u0432\u0430\u043D \u0451\u0439 \u0454\u0491");
    EXPECT_EQ(base::fold("\u0451\u0439\u0491"), "\u0451\u0439\u0491");
}

TEST(Fold, KeepsOtherScriptsEmojiAndMalformedBytes)
{
    EXPECT_EQ(base::fold("\u4E2D\u6587 \u05D0 \u00D7\u00F7"), "\u4E2D\u6587 \u05D0 \u00D7\u00F7");
    EXPECT_EQ(base::fold(family_emoji), family_emoji);
    EXPECT_EQ(base::fold("A\xC3"), "a\xC3");
    EXPECT_EQ(base::fold("\xFFZ"), "\xFFz");
}

TEST(Fold, KnowsEveryScriptWithTwoCases)
{
    EXPECT_EQ(base::fold("\u0540\u0561\u0575"), "\u0570\u0561\u0575") << "Armenian";
    EXPECT_EQ(base::fold("\u1F08\u03B8"), "\u1F00\u03B8") << "Greek with breathings";
    EXPECT_EQ(base::fold("\u04C1"), "\u04C2") << "Moldovan Cyrillic";
    EXPECT_EQ(base::fold("\U00010400"), "\U00010428") << "Deseret";
}

TEST(Fold, FindsWhatOnlyLooksDifferent)
{
    EXPECT_EQ(base::fold("\uFF27\uFF41\uFF53 \uFF11\uFF12"), "gas 12") << "full width";
    EXPECT_EQ(base::fold("\uFB01ne \u01C5\u0133 1\u00BA par\u0140lel \u01FE"), "fine dzij 1o parllel o");
    EXPECT_EQ(base::fold("\u00BD \u2122 l\u00B7l"), "\u00BD \u2122 l\u00B7l");
}

TEST(Fold, FoldingTwiceChangesNothing)
{
    for (char32_t c = 0x80; c < 0x20000; ++c) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        std::string text = "a";
        base::append_utf8(text, c);
        const std::string once = base::fold(text);
        ASSERT_EQ(base::fold(once), once) << std::hex << static_cast<unsigned>(c);
        ASSERT_TRUE(base::is_valid_utf8(once));
    }
}

TEST(Words, AreFoldedRunsOfLettersAndDigits)
{
    EXPECT_THAT(base::words("Leak, at 12 Elm-Street! (Nu\u00F1ez)", 9),
        ElementsAre("leak", "at", "12", "elm", "street", "nunez"));
    EXPECT_THAT(
        base::words("\u201Cgas\u201D\u00A0\u2014smell\u2026\U0001F525now", 9), ElementsAre("gas", "smell", "now"));
    EXPECT_THAT(base::words("\u4E2D\u6587\u3002\u0418\u0432\u0430\u043D", 9),
        ElementsAre("\u4E2D\u6587", "\u0438\u0432\u0430\u043D"));
    EXPECT_THAT(base::words("a\xFF"
                            "b",
                    9),
        ElementsAre("a", "b"));
}

TEST(Words, HoldTheMarksOfTheirScriptButNoEmojiAndNoPrivateLetters)
{
    EXPECT_THAT(
        base::words("\u0939\u093F\u0928\u094D\u0926\u0940", 9), ElementsAre("\u0939\u093F\u0928\u094D\u0926\u0940"));
    EXPECT_THAT(base::words("\u2764\uFE0F gas \uE000pending \U0001FAE0", 9), ElementsAre("gas", "pending"));
    EXPECT_THAT(base::words("a\u200Bb c\u2028d", 9), ElementsAre("a", "b", "c", "d"));
}

TEST(Fold, ComposesAcrossTheBorderOfAsciiAndOtherLetters)
{
    EXPECT_EQ(base::fold("Jose\u0301 Nun\u0303ez, 12 E\u0301tage"), "jose nunez, 12 etage");
    EXPECT_EQ(base::fold("X\u0418\u0306y \u0419"), "x\u0439y \u0439");
    EXPECT_EQ(base::fold("a\u00E9b\u00E9 C\xFF"
                         "D\u00DF"),
        "aebe c\xFF"
        "dss");
    EXPECT_EQ(base::fold(" \u0301"), " \u0301");
    EXPECT_EQ(base::fold("\u1112\u1161\u11ABa"), "\uD55Ca");
}

TEST(Words, AreNotEndedByWhatIsNotSeen)
{
    EXPECT_THAT(base::words("ra\u00ADdi\u00ADator \u202Agas\u202C me\u200Dter\uFEFF", 9),
        ElementsAre("radiator", "gas", "meter"));
}

TEST(Words, HoldAnyApostropheBetweenLettersOrEndThere)
{
    for (const std::string sign : {"'", "\u2019", "\u02BC", "\u2018", "`", "\u00B4", "\uFF07", "\u02BB"}) {
        const std::string text = "O" + sign + "Brien";
        EXPECT_THAT(base::words(text, 9), ElementsAre("obrien")) << text;
        EXPECT_THAT(base::words(text, 9, base::Apostrophe::JoinsAndSplits), ElementsAre("obrien", "o", "brien"))
            << text;
    }
    EXPECT_THAT(base::words("'quoted' 'tis dogs' ' x", 9), ElementsAre("quoted", "tis", "dogs", "x"));
}

TEST(Words, AreAtMostTheLimit)
{
    EXPECT_THAT(base::words("one two three", 2), ElementsAre("one", "two"));
    EXPECT_THAT(base::words("one", 0), IsEmpty());
    EXPECT_THAT(base::words(" ... ", 5), IsEmpty());
}

TEST(ParseInteger, TakesWholeDecimalNumbersOfSixtyFourBits)
{
    EXPECT_EQ(base::parse_integer("0"), 0);
    EXPECT_EQ(base::parse_integer("24117"), 24117);
    EXPECT_EQ(base::parse_integer("007"), 7);
    EXPECT_EQ(base::parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
}

TEST(ParseInteger, RefusesEverythingElse)
{
    for (const char* text : {"", "9223372036854775808", "99999999999999999999", "-1", "+1", "-0", " 1", "1 ", "1x",
             "0x1", "1e3", "1.0", "\u0661"}) {
        EXPECT_FALSE(base::parse_integer(text).has_value()) << text;
    }
    EXPECT_FALSE(base::parse_integer(std::string_view("1\0", 2)).has_value());
}

TEST(Initials, AreOfTheFirstAndLastWord)
{
    EXPECT_EQ(base::initials("Maria Delgado"), "MD");
    EXPECT_EQ(base::initials("  maria  de la  cruz "), "MC");
    EXPECT_EQ(base::initials("Mei"), "M");
    EXPECT_EQ(base::initials("\u00E9lodie Nu\u00F1ez"), "\u00C9N");
    EXPECT_EQ(base::initials("\u0438\u0432\u0430\u043D \u041F"), "\u0418\u041F");
    EXPECT_EQ(base::initials("Mei (Lin)"), "ML");
    EXPECT_EQ(base::initials("\u738B\u660E"), "\u738B");
    EXPECT_EQ(base::initials("\u01C6ore \u00FFs \u0171"), "\u01C5\u0170") << "letters with a form for titles";
}

TEST(Initials, OfNothingAreAQuestionMark)
{
    EXPECT_EQ(base::initials(""), "?");
    EXPECT_EQ(base::initials(" \u00A0 -- \xFF"), "?");
}

TEST(FileSize, IsWhatPeopleRead)
{
    EXPECT_EQ(base::file_size(0).english(), "0 bytes");
    EXPECT_EQ(base::file_size(1).english(), "1 byte");
    EXPECT_EQ(base::file_size(1023).english(), "1023 bytes");
    EXPECT_EQ(base::file_size(640 * 1024).english(), "640 KB");
    EXPECT_EQ(base::file_size(1024 * 1024 - 1).english(), "1 MB");
    EXPECT_EQ(base::file_size(1'887'437).english(), "1.8 MB");
    EXPECT_EQ(base::file_size(10 * 1024 * 1024).english(), "10 MB");
    EXPECT_EQ(base::file_size(64'172'851).english(), "61 MB");
    EXPECT_EQ(base::file_size(std::uint64_t{3} << 30U).english(), "3 GB");
}

TEST(AsciiLower, LeavesOtherBytesAlone)
{
    EXPECT_EQ(base::ascii_lower("Content-TYPE \u00D1"), "content-type \u00D1");
}

TEST(SpelledOut, LettersThatPeopleWriteWithTwoAreTwo)
{
    EXPECT_EQ(base::spelled_out("Müller, Ölweg, ÅRHUS, Sørø"), "Mueller, Oelweg, AaRHUS, Soeroe");
    EXPECT_EQ(base::spelled_out("Mu\u0308ller"), "Mueller");
    EXPECT_EQ(base::spelled_out("Nuñez 中文 \xFF"), "Nuñez 中文 \xFF");
    EXPECT_EQ(base::in_both_spellings("Müller"), "Müller Mueller");
    EXPECT_EQ(base::in_both_spellings("Miller"), "Miller");
}

} // namespace
