#pragma once

#include "faults/http_client.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace faults {

/// A text that begins with the token and a blank: letters of several scripts, markup, line ends, of any length allowed.
std::string random_text(std::string_view token, std::mt19937_64& random);
/// A PNG, JPEG or PDF to all who look at its beginning, with about `bytes` random bytes behind.
FormFile random_file(std::string_view name, std::size_t bytes, std::mt19937_64& random);
/// The token at the beginning of the description on a staff's page; empty when there is none.
std::string described_token(std::string_view html);

} // namespace faults
