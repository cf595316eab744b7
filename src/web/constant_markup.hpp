#pragma once

#include <array>
#include <atomic>
#include <bitset>
#include <cstddef>
#include <string>

namespace web {

/// What templates without arguments draw in one language: drawn by the first page that needs it and kept. Thread-safe.
class ConstantMarkup
{
  public:
    struct Drawn
    {
        std::string markup;
        /// The icons whose symbols the page needs.
        std::bitset<256> icons;
    };

    /// A place of its own for each template in each way of drawing. Throws std::length_error when there are too many.
    static std::size_t new_place();

    ConstantMarkup() = default;
    ConstantMarkup(const ConstantMarkup&) = delete;
    ConstantMarkup& operator=(const ConstantMarkup&) = delete;
    ~ConstantMarkup();

    /// Null before it was kept.
    const Drawn* find(std::size_t place) const { return kept_.at(place).load(std::memory_order_acquire); }
    /// Of two threads that draw the same at once, the first is kept.
    const Drawn& keep(std::size_t place, Drawn drawn);

  private:
    static constexpr std::size_t most_places = 128;

    std::array<std::atomic<const Drawn*>, most_places> kept_{};
};

} // namespace web
