#include "pages/desk/csv.hpp"

#include <gtest/gtest.h>

namespace {

std::string cell(std::string_view text)
{
    std::string csv;
    pages::desk::add_cell(csv, text);
    return csv;
}

TEST(CsvCell, IsAlwaysQuoted)
{
    EXPECT_EQ(cell("12 Elm Street"), "\"12 Elm Street\"");
    EXPECT_EQ(cell(""), "\"\"");
}

TEST(CsvCell, NeverRunsWhereTheSeparatorIsAnotherOne)
{
    EXPECT_EQ(cell("pipe drips;=1+1;thanks"), "\"pipe drips;'=1+1;thanks\"");
    EXPECT_EQ(cell("a; +1|@x\t-2"), "\"a;' +1|'@x\t'-2\"");
    EXPECT_EQ(cell("one\n=2"), "\"one\n'=2\"");
    EXPECT_EQ(cell(";\"=1"), "\";'\"\"=1\"");
    EXPECT_EQ(cell("a;b"), "\"a;b\"");
}

TEST(CsvCell, DoublesQuotesAndKeepsCommasAndLineBreaks)
{
    EXPECT_EQ(cell("a,b"), "\"a,b\"");
    EXPECT_EQ(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(cell("one\ntwo"), "\"one\ntwo\"");
}

TEST(CsvCell, NeverRunsAsAFormula)
{
    EXPECT_EQ(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    EXPECT_EQ(cell("+1"), "\"'+1\"");
    EXPECT_EQ(cell("-1"), "\"'-1\"");
    EXPECT_EQ(cell("@SUM(A1)"), "\"'@SUM(A1)\"");
    EXPECT_EQ(cell("\t=1"), "\"'\t'=1\"");
    EXPECT_EQ(cell("  =1"), "\"'  =1\"");
    EXPECT_EQ(cell("\"=1"), "\"'\"\"=1\"");
    EXPECT_EQ(cell("\uFF1D1"), "\"'\uFF1D1\"");
}

TEST(CsvCell, LooksAtEachBeginningAndAtTheEnd)
{
    EXPECT_EQ(cell("said \"no\"; =1"), "\"said \"\"no\"\";' =1\"");
    EXPECT_EQ(cell("=1;=2"), "\"'=1;'=2\"");
    EXPECT_EQ(cell("one;"), "\"one;\"");
    EXPECT_EQ(cell(";"), "\";\"");
}

TEST(CsvCell, LeavesSignsInTheMiddleAlone)
{
    EXPECT_EQ(cell("a=b"), "\"a=b\"");
    EXPECT_EQ(cell("4410-2087-33"), "\"4410-2087-33\"");
}

} // namespace
