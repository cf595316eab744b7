#pragma once

#include "web/html.hpp"

namespace web {

/// Templates in English with the assets built into the binary: each message is its own translation. Immutable,
/// thread-safe.
class EnglishHtml final : public HtmlEnvironment
{
  public:
    std::string_view translate(std::string_view message) const override;
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override;
    std::string_view asset_url(std::string_view name) const override;
    std::string_view icon_paths(assets::Icon icon) const override;
    std::string_view icon_name(assets::Icon icon) const override;
};

} // namespace web
