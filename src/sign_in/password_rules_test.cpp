#include "sign_in/password_rules.hpp"

#include "base/utf8.hpp"
#include "sign_in/password.hpp"

#include <gmock/gmock.h>

#include <string>

using sign_in::refuse_password;
using sign_in::SignInBy;
using testing::Optional;

namespace {

const auto common = Optional(base::Text("Many people use this password. Choose another one."));
const auto personal = Optional(base::Text("Choose a password without your name, user name, email or street."));
const auto of_site = Optional(base::Text("Choose a password without the name of this service."));
const auto too_long = Optional(base::Text("Use at most 256 characters."));

auto too_short(int fewest)
{
    return Optional(base::Text("Use at least {n} characters.", {{"n", std::to_string(fewest)}}));
}

/// For Mei Chen of 12 Elm Street.
std::optional<base::Text> refuse(std::string_view password)
{
    return refuse_password(password, {.fewest = 12,
                                         .personal = {"mei.c", "Mei", "Chen", "mei.chen", "Elm Street"},
                                         .of_site = {"Hearthway Gas", "Hearthway", "gasutility"}});
}

std::string repeated(std::string_view piece, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += piece;
    return text;
}

TEST(NewPasswords, AreLongerForTheStaffAndShorterBesideASecondFactor)
{
    const sign_in::PasswordLengths lengths;
    using enum base::Role;
    EXPECT_EQ(fewest_characters(lengths, Customer, SignInBy::Password), 12u);
    for (const base::Role role : {Representative, Supervisor, Administrator}) {
        EXPECT_EQ(fewest_characters(lengths, role, SignInBy::Password), 15u);
        EXPECT_EQ(fewest_characters(lengths, role, SignInBy::PasswordAndCode), 8u);
    }
    EXPECT_EQ(fewest_characters(lengths, Customer, SignInBy::PasswordAndCode), 8u);
    EXPECT_EQ(fewest_characters({.customer = 20, .staff = 30, .with_factor = 10}, Customer, SignInBy::Password), 20u);
}

TEST(NewPasswords, OfAnyCharactersWillDo)
{
    for (const char* fine : {"correct horse battery", "gzuvopkwmdea", "582914760358", "  a  b  c  d ",
             "猫がきじとらですよほんとに", "🐈🚲🌧🧲🪣🎻🥄🧦🪁🫖🪵🧊"})
        EXPECT_EQ(refuse(fine), std::nullopt) << fine;
}

TEST(NewPasswords, AreCountedInComposedCharacters)
{
    EXPECT_THAT(refuse(""), too_short(12));
    EXPECT_THAT(refuse("kT4!pz9qLm0"), too_short(12));
    EXPECT_EQ(refuse("kT4!pz9qLm0x"), std::nullopt);
    EXPECT_THAT(refuse("猫がきじとらですよほん"), too_short(12));
    EXPECT_THAT(refuse(base::nfd("áéíóúàèìòùñ")), too_short(12)) << "eleven, typed as twenty-two";
    EXPECT_EQ(refuse(base::nfd("áéíóúàèìòùñü")), std::nullopt);
    EXPECT_THAT(refuse_password("kT4!pz9", {.fewest = 8}), too_short(8));
    EXPECT_EQ(refuse_password("kT4!pz9q", {.fewest = 8}), std::nullopt);
}

TEST(NewPasswords, MayHave256CharactersInEitherSpelling)
{
    const std::string longest = repeated("각난닫랄", 64);
    ASSERT_THAT(refuse(longest), common) << "only because it repeats itself";
    const std::string fine = repeated("각", 100) + repeated("난", 156);
    EXPECT_EQ(refuse(fine), std::nullopt);
    EXPECT_EQ(refuse(base::nfd(fine)), std::nullopt);
    EXPECT_EQ(sign_in::check_password(base::nfd(fine), sign_in::hash_password(fine)), sign_in::PasswordCheck::Right);
    EXPECT_THAT(refuse(fine + "x"), too_long);
    EXPECT_THAT(refuse(std::string(10'000'000, 'a')), too_long);
    EXPECT_THAT(refuse("broken \xff\xfe bytes and more"),
        Optional(base::Text("Use only letters, digits, symbols and blanks.")));
}

TEST(NewPasswords, ThatManyPeopleUseAreRefusedInAnyCase)
{
    for (const char* known : {"PassWord1234", "administrator", "correcthorsebatterystaple", "wwwwwwwwwwww",
             "abcabcabcabcab", "passwordpassword", "12345678901234567", "qwertyuiopasdf", "QWERTYUIOPAS",
             "Password2026!!", "Welcome-12345", "Summer-2025!", "1qaz2wsx3edc4rfv"})
        EXPECT_THAT(refuse(known), common) << known;
    EXPECT_THAT(refuse_password("12345678", {.fewest = 8}), common);
    EXPECT_THAT(refuse_password("Football", {.fewest = 8}), common);
    for (const char* fine : {"password123 and the kettle", "summer kettle 41", "butterfly kettle",
             "butterfly-99301842-", "qwertyuiop and more"})
        EXPECT_EQ(refuse(fine), std::nullopt) << fine;
}

TEST(NewPasswords, OfThePersonsOwnWordsAreRefused)
{
    for (const char* own :
        {"meichen2026!", "Mei.Chen-1970", "chen+mei+chen", "Elm Street 12", "12-ELMSTREET-NY", "mei.c mei.chen"})
        EXPECT_THAT(refuse(own), personal) << own;
    EXPECT_EQ(refuse("meichen likes her kettle"), std::nullopt);
    EXPECT_EQ(refuse("an elm street regulator"), std::nullopt);
    EXPECT_EQ(refuse_password("a perfectly fine one", {.fewest = 12, .personal = {"a", "", "-", "..."}}), std::nullopt);
    EXPECT_THAT(refuse_password("MÜLLER-MÜLLER-1", {.fewest = 12, .personal = {"Müller"}}), personal);
}

TEST(NewPasswords, OfTheSitesNameAreRefused)
{
    for (const char* name : {"Hearthway Gas", "hearthway2026", "Gas-Utility-26", "HEARTHWAY-gas!"})
        EXPECT_THAT(refuse(name), of_site) << name;
    EXPECT_THAT(refuse("hearthway-mei"), personal) << "both";
    EXPECT_EQ(refuse("hearthway keeps the kettle warm"), std::nullopt);
}

} // namespace
