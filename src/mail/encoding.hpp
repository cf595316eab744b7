#pragma once
// How words of every language travel in headers and bodies that are ASCII.

#include <cstddef>
#include <string>
#include <string_view>

namespace mail {

/// Words for a header whose name takes `used` bytes of the first line: as they are, or in encoded words of RFC 2047
/// (base64, UTF-8), folded. Control characters become blanks.
std::string encoded_words(std::string_view words, std::size_t used);
/// A name in front of an address: quoted, or encoded as above.
std::string encoded_name(std::string_view name, std::size_t used);
/// A text as quoted-printable (RFC 2045) with CRLF.
std::string quoted_printable(std::string_view text);

} // namespace mail
