#pragma once

#include <cstddef>
#include <functional>

namespace storage {

/// Calls `work` once for each index below `count`, a few at the same time, because a bucket across a network answers
/// several requests in the time of one. `work` runs on several threads. The first exception ends it and is rethrown.
void for_each_at_once(std::size_t count, const std::function<void(std::size_t)>& work);

} // namespace storage
