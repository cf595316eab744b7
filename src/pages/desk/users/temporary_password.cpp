#include "pages/desk/users/temporary_password.hpp"

#include "base/crypto.hpp"
#include "users/shown_password.hpp"

namespace pages::desk {

namespace {

constexpr std::size_t letters_in_a_password = 16;
constexpr std::size_t letters_in_a_group = 4;

} // namespace

std::string new_password_salt()
{
    return base::random_token();
}

std::string temporary_password(const web::Context& ctx, std::string_view salt)
{
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const base::Sha256 bytes = base::hmac_sha256(ctx.session_token(), "temporary password " + std::string(salt));
    std::string password;
    for (std::size_t i = 0; i < letters_in_a_password; ++i) {
        if (i != 0 && i % letters_in_a_group == 0)
            password += '-';
        password += letters[bytes[i] % letters.size()];
    }
    return password;
}

std::string find_temporary_password(web::Context& ctx, UserId user)
{
    const auto salt = users::find_shown_password(ctx.db(), user, ctx.act());
    return salt ? temporary_password(ctx, *salt) : std::string();
}

} // namespace pages::desk
