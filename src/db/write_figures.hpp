#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace db {

/// Counts values by size. Thread-safe without locks, so what is read may be a moment old.
template <std::size_t Bounds>
class Histogram
{
  public:
    /// `bounds` are the largest values of each count, in order; what is larger than the last has a count of its own.
    explicit constexpr Histogram(const std::array<std::uint64_t, Bounds>& bounds) : bounds_(&bounds) {}

    void add(std::uint64_t value)
    {
        std::size_t at = 0;
        while (at < Bounds && value > (*bounds_)[at])
            ++at;
        counts_[at].fetch_add(1, std::memory_order_relaxed);
        sum_.fetch_add(value, std::memory_order_relaxed);
    }
    const std::array<std::uint64_t, Bounds>& bounds() const { return *bounds_; }
    std::uint64_t count(std::size_t at) const { return counts_[at].load(std::memory_order_relaxed); }
    std::uint64_t sum() const { return sum_.load(std::memory_order_relaxed); }

  private:
    const std::array<std::uint64_t, Bounds>* bounds_;
    std::array<std::atomic<std::uint64_t>, Bounds + 1> counts_{};
    std::atomic<std::uint64_t> sum_ = 0;
};

inline constexpr std::array<std::uint64_t, 10> commit_bounds{
    250, 500, 1000, 2500, 5000, 10'000, 25'000, 100'000, 500'000, 2'500'000};
inline constexpr std::array<std::uint64_t, 9> group_bounds{1, 2, 4, 8, 16, 32, 64, 128, 256};

/// What the writing side of a database did since it was opened.
struct WriteFigures
{
    /// Microseconds that commits took.
    Histogram<commit_bounds.size()> commit_times{commit_bounds};
    /// Transactions committed together.
    Histogram<group_bounds.size()> groups{group_bounds};
    /// SQLite: pages in its log after the last commit.
    std::atomic<std::uint64_t> log_pages = 0;

    void note_commit(std::size_t transactions, std::chrono::nanoseconds time)
    {
        groups.add(transactions);
        commit_times.add(
            static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()));
    }
};

} // namespace db
