#pragma once
// User names that people cannot tell apart although they are others: "mеi" with a Cyrillic "е".

#include "db/connection.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace users {

/// True when one word of the name mixes Latin letters with Cyrillic or Greek ones: nobody's name does.
bool mixes_alphabets(std::string_view username);
/// Another user's name that differs from this one only by letters that look alike in two alphabets. One that mixes the
/// alphabets of a word itself is not looked for.
std::optional<std::string> find_look_alike(db::Connection& db, std::string_view username);
/// True when somebody has such a name. Others who ask this in a transaction wait until this one ends, so that of two
/// who choose such names at once the second one finds the first.
bool has_look_alike(db::Transaction& tx, std::string_view username);

} // namespace users
