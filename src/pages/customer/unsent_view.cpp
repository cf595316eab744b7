#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"
#include "web/forms/kept_list.hpp"

#include <algorithm>
#include <optional>

namespace pages::customer {

namespace {

constexpr int most_drafts = 10;

/// The service request whose page has the form.
std::optional<ServiceRequestId> request_of(std::string_view path)
{
    const std::string list = urls::customer_requests();
    if (!path.starts_with(list))
        return std::nullopt;
    const auto id = base::parse_integer(path.substr(list.size(), path.find('/', list.size()) - list.size()));
    return id ? std::optional(ServiceRequestId{*id}) : std::nullopt;
}

bool is_leak(web::Context& ctx, const web::Fields& form)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, web::field_of(form, "request_type"));
    return type && type->is_emergency;
}

std::optional<UnsentText> unsent_text(web::Context& ctx, const web::Draft& draft)
{
    if (draft.form == urls::new_request())
        return UnsentText{.reference = {}, .page = draft.form, .is_leak = is_leak(ctx, draft.fields)};
    const auto id = request_of(draft.form);
    if (!id || web::field_of(draft.fields, "text").empty())
        return std::nullopt;
    return UnsentText{.reference = base::reference(*id), .page = urls::customer_request(*id), .is_leak = false};
}

} // namespace

std::vector<UnsentText> unsent_texts(web::Context& ctx)
{
    std::vector<UnsentText> texts;
    for (const web::Draft& draft : web::list_kept(ctx, most_drafts)) {
        auto text = unsent_text(ctx, draft);
        const auto is_same_page = [&](const UnsentText& other) { return text && other.page == text->page; };
        if (text && std::ranges::none_of(texts, is_same_page))
            texts.push_back(*std::move(text));
    }
    std::ranges::stable_partition(texts, &UnsentText::is_leak);
    return texts;
}

} // namespace pages::customer
