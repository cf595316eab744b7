#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace sign_in {

/// True when this user signs in with a second factor besides the password. Nobody has one yet.
inline bool has_second_factor(db::Connection& /*db*/, UserId /*user*/)
{
    return false;
}

} // namespace sign_in
