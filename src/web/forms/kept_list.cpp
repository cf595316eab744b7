#include "web/forms/kept_list.hpp"

#include "base/url_encoding.hpp"

namespace web {

Drafts list_kept(Context& ctx, int most)
{
    Drafts drafts;
    if (ctx.visitor().is_guest() || ctx.is_public_computer())
        return drafts;
    for (const db::Row row : ctx.db().query(R"(
             SELECT path, fields, created_at FROM service_draft WHERE user_id = $1 AND created_at > $2
              ORDER BY created_at DESC, path LIMIT $3)",
             ctx.visitor().user_id, base::Time(ctx.now() - longest_kept), most))
        drafts.push_back({std::string(row.text(0)), base::decode_form(row.text(1)), row.time(2)});
    return drafts;
}

} // namespace web
