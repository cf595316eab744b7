#include "i18n/catalog.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using namespace std::string_literals;

using Messages = std::vector<std::pair<std::string, std::string>>;
enum class Endian
{
    Little,
    Big
};

std::string number(std::size_t value, Endian endian)
{
    std::string bytes(4, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        bytes[endian == Endian::Little ? i : 3 - i] = static_cast<char>((value >> (8 * i)) & 0xff);
    return bytes;
}

/// What msgfmt writes, without its hash table.
std::string mo_file(const Messages& messages, Endian endian = Endian::Little)
{
    const auto count = messages.size();
    std::string file = number(0x950412de, endian) + number(0, endian) + number(count, endian) + number(28, endian) +
                       number(28 + 8 * count, endian) + number(0, endian) + number(0, endian);
    std::string strings;
    const auto add = [&](const std::string& text) {
        file += number(text.size(), endian) + number(28 + 16 * count + strings.size(), endian);
        strings += text + '\0';
    };
    for (const auto& message : messages)
        add(message.first);
    for (const auto& message : messages)
        add(message.second);
    return file + strings;
}

const std::string header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=(n%10==1 && "
                           "n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n";

const Messages polish{{"", header}, {"Sign in", "Zaloguj się"}, {"Untranslated", ""},
    {"1 day\0{n} days"s, "{n} dzień\0{n} dni\0{n} dni."s}};

} // namespace

TEST(Catalog, TranslatesInEitherByteOrder)
{
    for (const auto endian : {Endian::Little, Endian::Big}) {
        const i18n::Catalog catalog(mo_file(polish, endian));

        EXPECT_EQ(catalog.translate("Sign in"), "Zaloguj się");
        EXPECT_EQ(catalog.translate("Sign out"), "Sign out");
        EXPECT_EQ(catalog.translate("Untranslated"), "Untranslated");
        EXPECT_EQ(catalog.translate(""), "");
    }
}

TEST(Catalog, ChoosesThePluralFormOfItsLanguage)
{
    const i18n::Catalog catalog(mo_file(polish));

    EXPECT_EQ(catalog.translate_plural("1 day", "{n} days", 1), "{n} dzień");
    EXPECT_EQ(catalog.translate_plural("1 day", "{n} days", 22), "{n} dni");
    EXPECT_EQ(catalog.translate_plural("1 day", "{n} days", 12), "{n} dni.");
    EXPECT_EQ(catalog.translate_plural("1 week", "{n} weeks", 1), "1 week");
    EXPECT_EQ(catalog.translate_plural("1 week", "{n} weeks", 5), "{n} weeks");
}

TEST(Catalog, FindsFormsThatAreMessagesOfTheirOwn)
{
    const i18n::Catalog catalog(mo_file(
        {{"", header}, {"1 open request", "1 solicitud abierta"}, {"{n} open requests", "{n} solicitudes abiertas"}}));

    EXPECT_EQ(catalog.translate_plural("1 open request", "{n} open requests", 1), "1 solicitud abierta");
    EXPECT_EQ(catalog.translate_plural("1 open request", "{n} open requests", 5), "{n} solicitudes abiertas");
}

TEST(Catalog, WithoutAFileSpeaksEnglish)
{
    const i18n::Catalog catalog;

    EXPECT_EQ(catalog.translate("Sign in"), "Sign in");
    EXPECT_EQ(catalog.translate_plural("1 day", "{n} days", 1), "1 day");
    EXPECT_EQ(catalog.translate_plural("1 day", "{n} days", 0), "{n} days");
}

TEST(Catalog, RefusesADamagedFile)
{
    const auto whole = mo_file(polish);

    EXPECT_THROW(i18n::Catalog(""), std::runtime_error);
    EXPECT_THROW(i18n::Catalog("not a catalogue at all, but long enough"), std::runtime_error);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size)
        EXPECT_THROW(i18n::Catalog(whole.substr(0, size)), std::runtime_error) << size;
    auto far_offset = whole;
    far_offset.replace(28, 8, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
    EXPECT_THROW(i18n::Catalog{far_offset}, std::runtime_error);
}

TEST(Catalog, RefusesAnotherCharset)
{
    EXPECT_THROW(i18n::Catalog(mo_file({{"", "Content-Type: text/plain; charset=ISO-8859-2\n"}})), std::runtime_error);
}

TEST(PluralRule, EvaluatesTheOperatorsOfC)
{
    const auto form = [](const std::string& expression, std::uint64_t count) {
        return i18n::PluralRule("nplurals=9; plural=" + expression + ";").form(count);
    };

    EXPECT_EQ(form("n", 5), 5U);
    EXPECT_EQ(form("1+2*3", 0), 7U);
    EXPECT_EQ(form("(1+2)*2", 0), 6U);
    EXPECT_EQ(form("8-4-2", 0), 2U);
    EXPECT_EQ(form("n/2", 9), 4U);
    EXPECT_EQ(form("n%4", 7), 3U);
    EXPECT_EQ(form("!n", 0), 1U);
    EXPECT_EQ(form("!!n", 7), 1U);
    EXPECT_EQ(form("n<3||n>5&&0", 4), 0U);
    EXPECT_EQ(form("n<=3 && n>=3 && n==3 && n!=4", 3), 1U);
    EXPECT_EQ(form("n==1 ? 0 : n==2 ? 1 : 2", 2), 1U);
    EXPECT_EQ(form("n==1 ? n==1 ? 3 : 4 : 5", 1), 3U);
}

TEST(PluralRule, FallsBackToTheFirstFormWhenItGoesWrong)
{
    EXPECT_EQ(i18n::PluralRule("nplurals=2; plural=n;").form(99), 0U);
    EXPECT_EQ(i18n::PluralRule("nplurals=2; plural=1/n;").form(0), 0U);
    EXPECT_EQ(i18n::PluralRule("nplurals=2; plural=1%n;").form(0), 0U);
}

TEST(PluralRule, RefusesWhatItCannotRead)
{
    for (const std::string bad : {"n +", "(n", "n)", "x", "n ? 1", "n = 1", "", "99999999999999999999"})
        EXPECT_THROW(i18n::PluralRule("nplurals=2; plural=" + bad + ";"), std::runtime_error) << bad;
    EXPECT_THROW(i18n::PluralRule("plural=n;"), std::runtime_error);
    EXPECT_THROW(i18n::PluralRule("nplurals=0; plural=0;"), std::runtime_error);
    EXPECT_THROW(i18n::PluralRule("nplurals=2; plural=" + std::string(100000, '(') + ";"), std::runtime_error);
    std::string sum = "n";
    for (int i = 0; i < 100000; ++i)
        sum += "+n";
    EXPECT_THROW(i18n::PluralRule("nplurals=2; plural=" + sum + ";"), std::runtime_error);
}
