#pragma once

#include <cstddef>
#include <cstdint>

namespace commands::demo {

/// The same numbers for the same seed on every machine and compiler (SplitMix64); no use for secrets.
class Random
{
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    /// 0 … count-1; count is not zero.
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    /// least … most.
    std::int64_t between(std::int64_t least, std::int64_t most)
    {
        return least + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most - least + 1)));
    }
    /// True in `percent` of a hundred cases.
    bool chance(unsigned percent) { return below(100) < percent; }
    template <typename List>
    const auto& pick(const List& list)
    {
        return list[static_cast<std::size_t>(below(list.size()))];
    }

  private:
    std::uint64_t state_;
};

} // namespace commands::demo
