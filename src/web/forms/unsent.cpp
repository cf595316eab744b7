#include "web/forms/unsent.hpp"

#include "base/text.hpp"
#include "web/forms/lost_files.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace web {

namespace {

constexpr std::string_view mark = "kept_why";
constexpr std::chrono::minutes left_out_kept{10};

bool has_chosen_files(const http::Request& request)
{
    const auto is_chosen = [](const http::UploadedFile& file) { return !file.name.empty() || file.size > 0; };
    return request.fault != http::BodyFault::None || request.form_value("held") ||
           std::any_of(request.files.begin(), request.files.end(), is_chosen);
}

struct Keeping
{
    std::string_view why;
    base::Time at{};
};

void keep(db::Transaction& tx, const Context& ctx, std::string_view form, const Keeping& keeping)
{
    const http::Request& request = ctx.request();
    Fields fields = {{"text", std::string(request.form_value("text").value_or(""))},
        {"visibility", std::string(request.form_value("visibility").value_or(""))},
        {std::string(mark), std::string(keeping.why)}};
    for (const std::string_view answer : {"finding", "reason"}) {
        if (const auto value = request.form_value(answer); value && !value->empty())
            fields.emplace_back(answer, *value);
    }
    for (auto& field : note_of_files(request))
        fields.push_back(std::move(field));
    save_draft(tx, ctx.visitor().user_id, form, fields, keeping.at);
}

} // namespace

Unsent read_unsent(const http::Request& request)
{
    if (request.form_value("send_and"))
        return Unsent::Send;
    return request.form_value("leave_and") ? Unsent::Leave : Unsent::Ask;
}

bool has_unsent_comment(const Context& ctx)
{
    const http::Request& request = ctx.request();
    return !base::trim(request.form_value("text").value_or("")).empty() || has_chosen_files(request);
}

bool has_typed_words(const Context& ctx)
{
    return has_unsent_comment(ctx) || !base::trim(ctx.request().form_value("reason").value_or("")).empty();
}

void keep_left_out(db::Transaction& tx, const Context& ctx, std::string_view form)
{
    keep(tx, ctx, form, {.why = "left_out", .at = ctx.now() - longest_kept + left_out_kept});
}

void keep_overtaken(db::Transaction& tx, const Context& ctx, std::string_view form)
{
    keep(tx, ctx, form, {.why = "overtaken", .at = ctx.now()});
}

Kept kept_why(const Fields& draft)
{
    const std::string_view why = field_of(draft, mark);
    if (why == "left_out")
        return Kept::LeftOut;
    return why == "overtaken" ? Kept::Overtaken : Kept::Interrupted;
}

} // namespace web
