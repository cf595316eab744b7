#pragma once

#include <cstdint>

namespace base {

/// Which rules fold() and words() follow. Raise it when either gives another result for any text that is not ASCII, so
/// that what was stored by the old rules is made anew. ASCII folds alike in all versions.
inline constexpr std::int64_t fold_version = 1;

} // namespace base
