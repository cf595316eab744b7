#include "storage/at_once.hpp"

#include <array>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace storage {

namespace {

constexpr std::size_t workers = 4;

} // namespace

void for_each_at_once(std::size_t count, const std::function<void(std::size_t)>& work)
{
    std::atomic<std::size_t> next = 0;
    std::array<std::exception_ptr, workers> failures;
    {
        std::vector<std::jthread> threads;
        for (std::exception_ptr& failure : failures) {
            threads.emplace_back([&] {
                try {
                    for (std::size_t i = next++; i < count; i = next++)
                        work(i);
                } catch (const std::exception&) {
                    failure = std::current_exception();
                    next = count;
                }
            });
        }
    }
    for (const std::exception_ptr& failure : failures) {
        if (failure)
            std::rethrow_exception(failure);
    }
}

} // namespace storage
