#pragma once

#include <cstdint>
#include <string_view>

namespace http {

/// The part of a file that a Range field asks for.
struct RangeAnswer
{
    /// Whole: no range, an unknown one or several: send all of the file, as RFC 9110 section 14.2 allows.
    enum class Kind : std::uint8_t
    {
        Whole,
        Part,
        Unsatisfiable
    };

    Kind kind = Kind::Whole;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

/// Read a Range field for a file of `size` bytes; `length` is the file's when it is whole.
RangeAnswer read_range(std::string_view range, std::uint64_t size);
/// True when an If-None-Match list names the entity tag (weak comparison) or is "*".
bool matches_any_tag(std::string_view if_none_match, std::string_view etag);
/// True when If-Range is absent or is exactly this strong tag, so that a range may be answered.
bool allows_range(std::string_view if_range, std::string_view etag);

} // namespace http
