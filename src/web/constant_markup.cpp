#include "web/constant_markup.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace web {

std::size_t ConstantMarkup::new_place()
{
    static std::atomic<std::size_t> next = 0;
    const std::size_t place = next++;
    if (place >= most_places)
        throw std::length_error("too many templates without arguments; raise ConstantMarkup::most_places");
    return place;
}

ConstantMarkup::~ConstantMarkup()
{
    for (const auto& drawn : kept_)
        delete drawn.load();
}

const ConstantMarkup::Drawn& ConstantMarkup::keep(std::size_t place, Drawn drawn)
{
    auto ours = std::make_unique<const Drawn>(std::move(drawn));
    const Drawn* first = nullptr;
    if (!kept_.at(place).compare_exchange_strong(first, ours.get(), std::memory_order_acq_rel))
        return *first;
    return *ours.release();
}

} // namespace web
