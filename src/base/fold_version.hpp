#pragma once

#include <cstdint>

namespace base {

/// Which rules the texts for searching follow: fold(), words(), spelled_out(), phone_words(), and which words the
/// search keeps of a text, service_requests::address_key(). Raise it when any of them gives another result, so that
/// what was stored by the old rules is made anew.
inline constexpr std::int64_t fold_version = 7;

} // namespace base
