#include "http/answer/disposition.hpp"

#include <gtest/gtest.h>

namespace http {

namespace {

TEST(Disposition, NamesTheFileInFullAndInAscii)
{
    EXPECT_EQ(content_disposition(Disposition::Inline, "Zähler 1.jpg"),
        "inline; filename=\"Z__hler 1.jpg\"; filename*=UTF-8''Z%C3%A4hler%201.jpg");
}

TEST(Disposition, NoNameEndsTheFieldOrItsQuotes)
{
    EXPECT_EQ(content_disposition(Disposition::Attachment, "a\"; x=\\%41\r\n.pdf"),
        "attachment; filename=\"a_; x=__41__.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%5C%2541%0D%0A.pdf");
}

} // namespace

} // namespace http
