#include "pages/desk/users/user_change.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"

#include <string_view>

namespace pages::desk {

users::User get_changeable_user(web::Context& ctx)
{
    users::User user = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    if (!users::may_change(ctx.visitor(), user))
        throw base::Forbidden("only administrators change staff");
    return user;
}

std::string make_temporary_password()
{
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (const char byte : base::random_bytes(16)) {
        if (password.size() % 5 == 4)
            password += '-';
        password += letters[static_cast<unsigned char>(byte) % letters.size()];
    }
    return password;
}

void end_live_pages(const web::Context& ctx, web::LiveHub& live, UserId user)
{
    for (const auto& stream : live.open_streams()) {
        if (stream->visitor.user_id == user && stream->session_hash != ctx.session_hash())
            live.end_session(stream->session_hash);
    }
}

} // namespace pages::desk
