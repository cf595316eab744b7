#include "web/forms/unsent.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace web {

namespace {

constexpr std::string_view mark = "left_out";
constexpr std::chrono::minutes left_out_kept{10};

} // namespace

Unsent read_unsent(const http::Request& request)
{
    const std::string_view answer = request.form_value("unsent").value_or("");
    if (answer == "send")
        return Unsent::Send;
    return answer == "leave" ? Unsent::Leave : Unsent::Ask;
}

bool has_unsent_comment(const Context& ctx)
{
    const http::Request& request = ctx.request();
    const auto is_chosen = [](const http::UploadedFile& file) { return !file.name.empty() || file.size > 0; };
    return !base::trim(request.form_value("text").value_or("")).empty() || request.fault != http::BodyFault::None ||
           std::any_of(request.files.begin(), request.files.end(), is_chosen);
}

void keep_left_out(db::Transaction& tx, const Context& ctx, std::string_view form)
{
    const http::Request& request = ctx.request();
    save_draft(tx, ctx.visitor().user_id, form,
        {{"text", std::string(request.form_value("text").value_or(""))},
            {"visibility", std::string(request.form_value("visibility").value_or(""))}, {std::string(mark), "1"}},
        ctx.now() - longest_kept + left_out_kept);
}

bool was_left_out(const Fields& draft)
{
    return !field_of(draft, mark).empty();
}

void keep_beside(db::Transaction& tx, const Context& ctx, std::string_view field)
{
    const std::string typed(ctx.request().form_value(field).value_or(""));
    if (!base::trim(typed).empty() && !ctx.wants_fragment())
        save_draft(tx, ctx.visitor().user_id, ctx.request().path, {{std::string(field), typed}}, ctx.now());
}

} // namespace web
