#include "base/phone/phone.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using base::Phone;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Phone, EverySpellingOfANumberIsOne)
{
    for (const char* typed :
        {"(518) 555-0134", "518-555-0134", "518.555.0134", "518 555 0134", "5185550134", "1-518-555-0134",
            "+1 518 555 0134", "+15185550134", " 518/555-0134 ", "(518)555-0134", "tel:+1-518-555-0134",
            "Tel. 518-555-0134", "518\u2011555\u20110134", "518\u00A0555\u00A00134", "\u202D(518) 555-0134\u202C",
            "\u200E518-555-0134\u200F", "\u2068518\u2013555\u20130134\u2069", "\uFF15\uFF11\uFF18-555-0134",
            "\u0665\u0661\u0668 \u0665\u0665\u0665 \u0660\u0661\u0663\u0664", "+1 (518) 555-0134"})
        EXPECT_EQ(base::normal_phone(typed), "(518) 555-0134") << typed;
    EXPECT_EQ(base::parse_phone("518-555-0134"), (Phone{"+15185550134", ""}));
}

TEST(Phone, AnExtensionIsKept)
{
    for (const char* typed :
        {"518-555-0134 x204", "518-555-0134x204", "(518) 555-0134 ext. 204", "5185550134 Ext 204",
            "518-555-0134 extension 204", "518-555-0134 extensi\u00F3n 204", "518-555-0134 #204", "518-555-0134,204",
            "+15185550134;ext=204", "(518) 555-0134 (ext. 204)", "518-555-0134, x 204", "518-555-0134\u00A0x\u00A0204"})
        EXPECT_EQ(base::normal_phone(typed), "(518) 555-0134 ext. 204") << typed;
    EXPECT_EQ(base::parse_phone("518-555-0134 x204"), (Phone{"+15185550134", "204"}));
}

TEST(Phone, OtherCountriesHaveAPlus)
{
    for (const char* typed : {"+44 20 7946 0958", "+44 (0)20 7946 0958", "011 44 20 7946 0958", "+442079460958"})
        EXPECT_EQ(base::normal_phone(typed), "+442079460958") << typed;
    EXPECT_EQ(base::normal_phone("+44 20 7946 0958 x7"), "+442079460958 ext. 7");
}

TEST(Phone, ANumberWithoutAnAreaStaysOne)
{
    EXPECT_EQ(base::normal_phone("555 0134"), "555-0134");
    EXPECT_EQ(base::phone_link("555-0134"), "tel:5550134");
    EXPECT_EQ(base::normal_phone("020 7946 0958"), "02079460958");
}

TEST(Phone, TheNormalSpellingIsItsOwn)
{
    for (const char* typed :
        {"518-555-0134 x204", "+44 20 7946 0958 x7", "555 0134", "020 7946 0958", "1 800 555 0199"}) {
        const std::string normal = base::normal_phone(typed);
        EXPECT_EQ(base::normal_phone(normal), normal);
        EXPECT_EQ(base::parse_phone(normal), base::parse_phone(typed));
    }
}

TEST(Phone, AnythingElseIsRefusedAndKeptAsItIs)
{
    for (const char* typed :
        {"", "call me", "123", "1234567890123456", "555-0142 911 please", "555-0142<", "518-555-0134 or 518-555-0177",
            "518-555-0134 x", "518-555-0134 x12345678", "+1+5185550134", "518+5550134", "x204", "518-555-0134 204 ext",
            "\xFF"
            "5185550134"}) {
        EXPECT_FALSE(base::parse_phone(typed)) << typed;
        EXPECT_EQ(base::normal_phone(typed), typed);
    }
}

TEST(Phone, ALinkDialsTheNumberWithItsExtension)
{
    EXPECT_EQ(base::phone_link("(518) 555-0134"), "tel:+15185550134");
    EXPECT_EQ(base::phone_link("\u202D518-555-0134\u202C x204"), "tel:+15185550134;ext=204");
    EXPECT_EQ(base::phone_link("518-555-0134, ask for Bob"), "tel:+15185550134");
    EXPECT_EQ(base::phone_link("next door"), "");
    EXPECT_EQ(base::phone_link(""), "");
}

TEST(Phone, WordsForTheSearchHoldItsPieces)
{
    EXPECT_EQ(base::phone_words("518.555.0134 x204"),
        "518.555.0134 x204 (518) 555-0134 ext. 204 15185550134 5185550134 5550134 0134");
    EXPECT_THAT(base::phone_words("5185550134 or 5185550177"), HasSubstr(" 5550134 0134 (518) 555-0177 15185550177 "));
    EXPECT_EQ(base::phone_words(""), "");
}

TEST(Phone, ANumberIsSoughtInOnePieceWhenItHasACountryOrAnExtension)
{
    EXPECT_THAT(base::sought_phone("+1 (518) 555-0134"), ElementsAre("15185550134"));
    EXPECT_THAT(base::sought_phone("1-518-555-0134 x204"), ElementsAre("15185550134", "204"));
    EXPECT_THAT(base::sought_phone("518-555-0134 ext. 204"), ElementsAre("15185550134", "204"));
    EXPECT_THAT(base::sought_phone("4410-2087-33"), IsEmpty());
    EXPECT_THAT(base::sought_phone("elm street"), IsEmpty());
}

TEST(Phone, PunctuationBetweenDigitsIsNotSought)
{
    EXPECT_EQ(base::digits_between_punctuation("(518)"), "518");
    EXPECT_EQ(base::digits_between_punctuation("\u202A518.555-0134\u202C"), "5185550134");
    EXPECT_EQ(base::digits_between_punctuation("5550134"), "");
    EXPECT_EQ(base::digits_between_punctuation("12-a"), "");
    EXPECT_EQ(base::digits_between_punctuation("--"), "");
}

} // namespace
