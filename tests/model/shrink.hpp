#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace model {

/// A shorter list that still fails, found by leaving out halves, quarters and so on, with at most `tries` calls.
/// `fails` is true for `operations`.
template <typename Operation>
std::vector<Operation> shortened(std::vector<Operation> operations,
    const std::function<bool(const std::vector<Operation>&)>& fails, std::size_t tries)
{
    for (std::size_t length = operations.size() / 2; length > 0; length /= 2) {
        for (std::size_t at = 0; at + length <= operations.size() && tries > 0;) {
            auto fewer = operations;
            const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(at);
            fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
            --tries;
            if (fails(fewer)) {
                operations = std::move(fewer);
            } else {
                at += length;
            }
        }
    }
    return operations;
}

} // namespace model
