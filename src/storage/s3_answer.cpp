#include "storage/s3_answer.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdio>
#include <pugixml.hpp>

namespace storage {

namespace {

std::string_view local_name(const pugi::xml_node& node)
{
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name)
{
    return parent.find_child([&](const pugi::xml_node& node) { return local_name(node) == name; });
}

/// All of an element's text; pugixml's own accessor ends at the first comment or CDATA section.
std::string text_of(const pugi::xml_node& element)
{
    std::string text;
    for (const pugi::xml_node& piece : element)
        text += piece.value();
    return text;
}

std::string text_in(const pugi::xml_node& parent, std::string_view name)
{
    return text_of(child(parent, name));
}

/// The root element of that name; empty for malformed XML and for another root.
pugi::xml_node parse(pugi::xml_document& document, std::string_view xml, std::string_view root)
{
    // Keys may end in blanks, and a piece of blanks between two entities counts.
    constexpr unsigned options = pugi::parse_default | pugi::parse_ws_pcdata;
    if (!document.load_buffer(xml.data(), xml.size(), options, pugi::encoding_utf8))
        return {};
    const pugi::xml_node element = document.document_element();
    return local_name(element) == root ? element : pugi::xml_node();
}

/// Of "2026-11-27T04:30:46.000Z", to the second.
base::Time time_of(const std::string& text)
{
    base::Date date;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    if (text.size() < 10 || !base::parse_date(text.substr(0, 10), date) ||
        std::sscanf(text.c_str() + 10, "T%2u:%2u:%2u", &hour, &minute, &second) != 3)
        return base::Time::max();
    return std::chrono::sys_days(std::chrono::year(date.year) / date.month / date.day) + std::chrono::hours(hour) +
           std::chrono::minutes(minute) + std::chrono::seconds(second);
}

/// Of bytes; none for what is no number.
std::uint64_t size_of(const std::string& text)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, base::parse_integer(text).value_or(0)));
}

} // namespace

std::string s3_error_code(std::string_view xml)
{
    pugi::xml_document document;
    return text_in(parse(document, xml, "Error"), "Code");
}

bool is_s3_copy_done(std::string_view xml)
{
    pugi::xml_document document;
    return !parse(document, xml, "CopyObjectResult").empty();
}

std::optional<S3Page> read_s3_page(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node list = parse(document, xml, "ListBucketResult");
    if (!list)
        return std::nullopt;
    S3Page page;
    for (const pugi::xml_node& node : list) {
        if (local_name(node) == "Contents")
            page.objects.push_back({.key = text_in(node, "Key"),
                .changed = time_of(text_in(node, "LastModified")),
                .size = size_of(text_in(node, "Size"))});
    }
    if (text_in(list, "IsTruncated") == "true")
        page.next = text_in(list, "NextContinuationToken");
    return page;
}

} // namespace storage
