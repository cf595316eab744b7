#pragma once

// Turns the bytes of a file into the forms in which it is served. Runs at build time, so size counts and time does
// not; the same input always gives the same bytes.

#include <string>
#include <string_view>

namespace asset_compiler {

/// The gzip form at the highest level, without a time stamp. Throws std::runtime_error if zlib fails.
std::string gzip(std::string_view bytes);

/// The brotli form at the highest quality. Throws std::runtime_error if brotli fails.
std::string brotli(std::string_view bytes);

/// The SHA-256 of the bytes as 64 hexadecimal digits in small letters.
std::string sha256_hex(std::string_view bytes);

} // namespace asset_compiler
