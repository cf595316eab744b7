#pragma once
// Two people, or one in two tabs, may change a record at the same time. The form that changes one carries what its
// fields showed (the hidden field "shown"), so that only what the visitor changed is saved.

#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace web {

/// Lays what a visitor changed in a form over what is saved now. Call field() for each field, then ask.
class Merge
{
  public:
    /// `form` is what was sent, or a draft of it, and must outlive the merge. Without "shown" in it, a form that was
    /// made from another version than the saved one clashes wherever it differs.
    Merge(const Fields& form, std::int64_t saved_version, FormErrors& errors);

    /// Replace `typed` with the saved value, and forget its error, when the visitor left the field as it was shown.
    void field(std::string_view name, std::string& typed, const std::string& saved);

    /// The visitor and somebody else changed the same field in two ways.
    bool has_clash() const { return has_clash_; }
    /// The hidden field "shown" for the same form drawn again: a clash stays one. Empty when the form had none.
    std::string shown() const;

  private:
    const Fields& form_;
    FormErrors& errors_;
    std::optional<Fields> shown_;
    Fields shown_next_;
    bool is_stale_;
    bool has_clash_ = false;
};

/// Throws base::BadRequest when a field that every browser sends, filled in or empty, is not in the form: a field that
/// is missing must not count as one that was emptied.
void require_fields(const Fields& form, std::initializer_list<std::string_view> names);
/// The hidden field "shown" of a form whose fields show these values.
std::string shown_field(const Fields& values);

} // namespace web
