#include "pages/settings/waiting_form.hpp"

#include "base/url_encoding.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"
#include "web/local_path.hpp"

#include <algorithm>
#include <array>

namespace pages::settings {

namespace {

constexpr std::string_view next_field = "next";

/// Scripts send forms that nobody types.
bool has_words(const web::Fields& fields)
{
    constexpr std::array<std::string_view, 12> typed = {"text", "description", "reason", "note", "name", "address",
        "phone", "email", "username", "first_name", "last_name", "number"};
    return std::ranges::any_of(fields, [&](const auto& field) {
        return !field.second.empty() && std::ranges::find(typed, field.first) != typed.end();
    });
}

/// The form is on the page itself, and not on one below it.
bool is_on_its_page(const web::Draft& draft)
{
    constexpr std::array<std::string_view, 5> forms = {"", "comments/", "status/", "reopen/", "contact/"};
    return std::ranges::find(forms, draft.form) != forms.end() && has_words(draft.fields);
}

} // namespace

std::string waiting_page(const web::Context& ctx)
{
    const http::Request& request = ctx.request();
    const auto value =
        request.method == http::Method::Post ? request.form_value(next_field) : request.query_value(next_field);
    const std::string page = web::local_path(value.value_or(""));
    return page == urls::front() ? std::string() : page;
}

namespace {

http::Response lead_first(web::Context& ctx, const std::string& first, std::string_view page)
{
    const auto is_waiting = [&] {
        if (ctx.request().method == http::Method::Post)
            return has_words(ctx.request().form) && web::keep_for(ctx, ctx.visitor().user_id);
        return std::ranges::any_of(web::find_drafts(ctx), is_on_its_page);
    };
    const bool leads_back = is_waiting() && page != urls::front();
    return http::redirect(first + (leads_back ? "?next=" + base::percent_encode(page) : ""));
}

} // namespace

http::Response ask_for_new_password(web::Context& ctx, std::string_view page)
{
    return lead_first(ctx, urls::password(), page);
}

http::Response ask_for_second_factor(web::Context& ctx, std::string_view page)
{
    return lead_first(ctx, urls::security(), page);
}

} // namespace pages::settings
