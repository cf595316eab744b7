#include "web/forms/form.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace web {

base::Text FormErrors::of(std::string_view field) const
{
    const auto found = std::find_if(errors_.begin(), errors_.end(), [&](const Error& e) { return e.field == field; });
    return found == errors_.end() ? base::Text() : found->message;
}

void FormErrors::order(std::initializer_list<std::string_view> fields)
{
    const auto place = [&](const Error& error) { return std::find(fields.begin(), fields.end(), error.field); };
    std::ranges::stable_sort(errors_, {}, place);
}

void FormErrors::forget(std::string_view field)
{
    std::erase_if(errors_, [&](const Error& error) { return error.field == field; });
}

bool FormErrors::is_about_files() const
{
    return send_without_ && send_without_->files == errors_.size();
}

void FormErrors::lead_to(std::string_view field, const std::string& target)
{
    for (Error& error : errors_) {
        if (error.field == field)
            error.target = target;
    }
}

void FormErrors::send_without_to(std::string action, std::string name, std::string value)
{
    if (!send_without_)
        return;
    // A button has one name only.
    send_without_->action = std::move(action) + "?without_refused=1";
    send_without_->name = std::move(name);
    send_without_->value = std::move(value);
}

base::Text title_of_form(base::Text title, const FormErrors& errors)
{
    return errors.empty() ? title : title_of_refused(std::move(title));
}

base::Text title_of_refused(base::Text title)
{
    return base::Text("Problem: {title}", {{"title", std::move(title)}});
}

std::string FormReader::line(std::string_view field, const TextRule& rule)
{
    return checked_length(base::clean_line(request_.form_value(field).value_or("")), field, rule);
}

std::string FormReader::text(std::string_view field, const TextRule& rule)
{
    return checked_length(base::clean_text(request_.form_value(field).value_or("")), field, rule);
}

std::string FormReader::choice(
    std::string_view field, const std::vector<std::string_view>& values, base::MessageId missing)
{
    std::string value(request_.form_value(field).value_or(""));
    if (std::find(values.begin(), values.end(), value) == values.end())
        errors_.add(std::string(field), base::Text(missing));
    return value;
}

std::optional<std::int64_t> FormReader::number(std::string_view field)
{
    const auto value = request_.form_value(field);
    return value ? base::parse_integer(base::trim(*value)) : std::nullopt;
}

std::string FormReader::raw(std::string_view field)
{
    return std::string(request_.form_value(field).value_or(""));
}

bool FormReader::checked(std::string_view field) const
{
    const auto value = request_.form_value(field);
    return value && !value->empty();
}

std::string FormReader::checked_length(std::string value, std::string_view field, const TextRule& rule)
{
    const std::size_t length = base::count_code_points(value);
    if (length == 0 && rule.least > 0)
        errors_.add(std::string(field), base::Text(rule.missing));
    else if (length < rule.least)
        errors_.add(std::string(field),
            base::Text::plural("Use at least one character.", "Use at least {n} characters.", rule.least));
    else if (length > rule.most)
        errors_.add(std::string(field),
            base::Text::plural("Use {most} characters or fewer. You have 1 too many.",
                "Use {most} characters or fewer. You have {n} too many.", length - rule.most, {{"most", rule.most}}));
    return value;
}

std::int64_t required_number(const http::Request& request, std::string_view field)
{
    FormErrors errors;
    const auto number = FormReader(request, errors).number(field);
    if (!number)
        throw base::BadRequest(base::Text("This form is not complete. Open the request again and try once more."));
    return *number;
}

} // namespace web
