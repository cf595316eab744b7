#include "pages/desk/users/user_change.hpp"

#include "base/error.hpp"

namespace pages::desk {

users::User get_changeable_user(web::Context& ctx)
{
    users::User user = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    if (!users::may_change(ctx.visitor(), user))
        throw base::Forbidden("only administrators change staff");
    return user;
}

void end_live_pages(const web::Context& ctx, web::LiveHub& live, UserId user)
{
    for (const auto& stream : live.open_streams()) {
        if (stream->visitor.user_id == user && stream->session_hash != ctx.session_hash())
            live.end_session(stream->session_hash);
    }
}

} // namespace pages::desk
