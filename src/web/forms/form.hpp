#pragma once

#include "base/translatable.hpp"
#include "http/request.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

/// What the visitor must correct: field and message. A value, not an exception.
class FormErrors
{
  public:
    struct Error
    {
        std::string field;
        base::Text message;
        /// The element that the summary's link leads to; the field when empty.
        std::string target = {};
    };

    /// The button that sends the form again, without the files that are not taken.
    struct SendWithout
    {
        /// The id of the form.
        std::string form;
        std::size_t files = 0;
        /// What was left out, for the receipt: web::fields_of().
        std::vector<std::string> left_out;
        /// Where the button sends the form, with name and value; the form's own action when empty.
        std::string action = {};
        std::string name = "without_refused";
        std::string value = "1";
    };

    void add(std::string field, base::Text message) { errors_.push_back({std::move(field), std::move(message)}); }
    /// Of a group of choices the summary's link leads to the first one.
    void lead_to(std::string_view field, const std::string& target);
    void offer_to_send_without(SendWithout offer) { send_without_ = std::move(offer); }
    /// Files are all that is wrong, and the visitor decides whether the form goes without them.
    bool is_about_files() const;
    const std::optional<SendWithout>& send_without() const { return send_without_; }
    /// For a button that does more than the form's own.
    void send_without_to(std::string action, std::string name, std::string value);
    bool empty() const { return errors_.empty(); }
    /// Remove the errors of a field.
    void forget(std::string_view field);
    const std::vector<Error>& all() const { return errors_; }
    /// Put the errors into the order in which the page shows their fields; others come last.
    void order(std::initializer_list<std::string_view> fields);
    /// The first message for a field, empty when it is fine.
    base::Text of(std::string_view field) const;

  private:
    std::vector<Error> errors_;
    std::optional<SendWithout> send_without_;
};

/// The title of the page that shows a form: it says so first when something must be corrected.
base::Text title_of_form(base::Text title, const FormErrors& errors);
/// As above for a form that is refused for another reason.
base::Text title_of_refused(base::Text title);

/// The message of a form that could not be saved at this moment.
inline constexpr base::MessageId try_again =
    base::MessageId("Nothing was saved. Please try again in a few seconds. If it happens again, call us.");

/// The message of an empty field that must not be.
inline constexpr base::MessageId empty_field = base::MessageId("Fill in this field.");

/// Rules for one text field.
struct TextRule
{
    std::size_t least = 0;
    std::size_t most = 200;
    /// The message when it is empty although `least` is above zero.
    base::MessageId missing = empty_field;
};

/// Reads a form's fields with their rules; mistakes go to `errors`, and the values stay for showing the form again.
class FormReader
{
  public:
    FormReader(const http::Request& request, FormErrors& errors) : request_(request), errors_(errors) {}

    /// One line: base::clean_line(), which no character makes an error.
    std::string line(std::string_view field, const TextRule& rule);
    /// Several lines: base::clean_text(); counted in Unicode code points.
    std::string text(std::string_view field, const TextRule& rule);
    /// One of the given values; the first error message when it is none.
    std::string choice(std::string_view field, const std::vector<std::string_view>& values, base::MessageId missing);
    /// A whole number; nothing when absent or malformed.
    std::optional<std::int64_t> number(std::string_view field);
    /// As sent, for passwords: neither trimmed nor normalised.
    std::string raw(std::string_view field);
    /// True for a ticked check box.
    bool checked(std::string_view field) const;

  private:
    std::string checked_length(std::string value, std::string_view field, const TextRule& rule);
    const http::Request& request_;
    FormErrors& errors_;
};

/// A number that every page of ours puts into the form. Throws base::BadRequest without it.
std::int64_t required_number(const http::Request& request, std::string_view field);

} // namespace web
