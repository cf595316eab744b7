#include "web/forms/merge.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"

#include <algorithm>

namespace web {

Merge::Merge(const Fields& form, std::int64_t saved_version, FormErrors& errors)
    : form_(form),
      errors_(errors),
      is_stale_(base::parse_integer(field_of(form, "version")).value_or(0) != saved_version)
{
    if (const std::string_view shown = field_of(form, "shown"); !shown.empty())
        shown_ = base::decode_form(shown);
}

void Merge::field(std::string_view name, std::string& typed, const std::string& saved)
{
    if (!shown_) {
        has_clash_ = has_clash_ || (is_stale_ && typed != saved);
        return;
    }
    const std::string_view shown = field_of(*shown_, name);
    // As sent, too: what was stored before a rule of ours may be normalized or refused without a change by anybody.
    const bool is_untouched = field_of(form_, name) == shown || typed == shown;
    if (is_untouched) {
        errors_.forget(name);
        typed = saved;
    }
    const bool is_clash = !is_untouched && saved != shown && saved != typed;
    has_clash_ = has_clash_ || is_clash;
    shown_next_.emplace_back(name, is_clash ? std::string(shown) : saved);
}

std::string Merge::shown() const
{
    return shown_ ? shown_field(shown_next_) : std::string();
}

void require_fields(const Fields& form, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (std::ranges::none_of(form, [&](const auto& field) { return field.first == name; }))
            throw base::BadRequest(base::Text("This form is not complete. Open the page again and try once more."));
    }
}

std::string shown_field(const Fields& values)
{
    return base::encode_form(values);
}

} // namespace web
