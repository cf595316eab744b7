#include "pages/public/sign_in_input.hpp"

#include "base/text.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/local_path.hpp"

namespace pages::public_ {

namespace {

constexpr std::string_view kept_prefix = "kept:";

web::Fields kept_fields(const http::Request& request)
{
    web::Fields kept;
    for (const auto& [name, value] : request.form) {
        if (name.starts_with(kept_prefix))
            kept.emplace_back(name.substr(kept_prefix.size()), value);
    }
    return web::keepable_fields(kept);
}

} // namespace

SignInView read_sign_in(const http::Request& request)
{
    SignInView view;
    view.username = base::trim(request.form_value("username").value_or(""));
    view.next = web::local_path(request.form_value("next").value_or(""));
    view.kept = kept_fields(request);
    view.kept_form = request.form_value(web::kept_form).value_or("");
    view.kept_content = request.form_value(web::kept_content).value_or("");
    view.has_ended = !view.kept.empty();
    return view;
}

SignInView carry_form(const http::Request& request, std::string next)
{
    SignInView view;
    view.next = std::move(next);
    view.has_ended = true;
    view.kept = web::keepable_fields(request.form);
    view.kept_form = request.path;
    view.kept_content = web::submission_content(request);
    view.files_are_lost = !request.files.empty();
    return view;
}

void keep_text(db::Transaction& tx, UserId user, const http::Request& request, base::Time now)
{
    const web::Fields kept = kept_fields(request);
    const std::string form = web::local_path(request.form_value(web::kept_form).value_or(""));
    const std::string_view content = request.form_value(web::kept_content).value_or("");
    if (!kept.empty() && !web::find_submission(tx, web::submission_fingerprint(user, content)))
        web::save_draft(tx, user, form, kept, now);
}

} // namespace pages::public_
