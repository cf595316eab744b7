#include "app/routes.hpp"

#include "accounts/account_pages.hpp"
#include "admin/account_pages.hpp"
#include "admin/export_pages.hpp"
#include "admin/overview_pages.hpp"
#include "admin/queue_pages.hpp"
#include "admin/request_pages.hpp"
#include "admin/user_pages.hpp"
#include "app/health.hpp"
#include "attachments/attachment_pages.hpp"
#include "comments/comment_pages.hpp"
#include "live/stream.hpp"
#include "notifications/notification_pages.hpp"
#include "service_requests/emergency_pages.hpp"
#include "service_requests/front_pages.hpp"
#include "service_requests/service_request_pages.hpp"
#include "users/preference_pages.hpp"
#include "users/sign_in_pages.hpp"

namespace app {

std::vector<web::Route> routes(Services& services)
{
    using enum web::Access;
    using enum web::Lane;
    using enum web::Body;
    using enum web::FormToken;
    constexpr auto Get = http::Method::Get;
    constexpr auto Post = http::Method::Post;
    // Gives a handler the one service it needs besides the context.
    const auto with = [](auto& service, auto handler) {
        return [&service, handler](web::Context& ctx) { return handler(ctx, service); };
    };
    attachments::Store& files = services.attachments;

    return {
        {Get, "/", Public, Inline, service_requests::front},
        {Get, "/accounts/login/", Public, Inline, users::sign_in_form},
        {Post, "/accounts/login/", Public, Heavy, users::sign_in},
        {Post, "/accounts/logout/", SignedIn, Write, with(services.live, users::sign_out)},
        {Post, "/preferences/theme/", Public, Inline, users::choose_theme, Fields, Origin},

        {Get, "/emergency/", Public, Inline, service_requests::emergency_form},
        {Post, "/emergency/", Public, Write, service_requests::report_leak, Fields, Origin},
        {Get, "/emergency/report/{token}/", Public, Read, service_requests::follow_leak},

        {Get, "/service/", Customer, Read, service_requests::list_own},
        {Get, "/service/create/", Customer, Read, service_requests::create_form},
        {Post, "/service/create/", Customer, Write, with(files, service_requests::create), Files},
        {Get, "/service/{id}/received/", Customer, Read, service_requests::received},
        {Get, "/service/{id}/", Customer, Read, service_requests::show},
        {Post, "/service/{id}/comments/", Customer, Write, with(files, comments::create), Files},
        {Post, "/service/{id}/reopen/", Customer, Write, with(files, service_requests::reopen), Files},
        {Get, "/service/{id}/attachments/{attachment_id}/", SignedIn, Transfer, with(files, attachments::download)},

        {Get, "/notifications/", SignedIn, Read, notifications::list},
        {Post, "/notifications/read/", SignedIn, Write, notifications::mark_all_as_read},
        {Post, "/notifications/{id}/read/", SignedIn, Write, notifications::open},

        {Get, "/account/", SignedIn, Read, accounts::show_own},
        {Post, "/account/contact/", SignedIn, Heavy, accounts::save_contact},
        {Get, "/account/password/", SignedIn, Read, users::password_form},
        {Post, "/account/password/", SignedIn, Heavy, users::change_password},

        {Get, "/events/", Public, Read, with(services.live, live::open_stream)},

        {Get, "/admin/", Staff, Read, admin::overview},
        {Get, "/admin/requests/", Staff, Read, admin::queue},
        {Get, "/admin/requests/export.csv", Staff, Write, with(services.site, admin::export_csv), Fields, Origin},
        {Get, "/admin/requests/{id}/", Staff, Read, admin::show_request},
        {Post, "/admin/requests/{id}/status/", Staff, Write, with(files, admin::change_status), Files},
        {Post, "/admin/requests/{id}/comments/", Staff, Write, with(files, admin::comment), Files},

        {Get, "/admin/users/", Staff, Read, admin::list_users},
        {Get, "/admin/users/create/", Staff, Read, admin::new_user},
        {Post, "/admin/users/create/", Staff, Heavy, admin::create_user},
        {Get, "/admin/users/{id}/", Staff, Read, admin::show_user},
        {Post, "/admin/users/{id}/", Staff, Write, with(services.live, admin::save_user)},
        {Post, "/admin/users/{id}/password/", Staff, Heavy, with(services.live, admin::force_password_reset)},
        {Post, "/admin/users/{id}/unlock/", Staff, Write, admin::end_lock},

        {Get, "/admin/accounts/", Staff, Read, admin::list_accounts},
        {Get, "/admin/accounts/create/", Staff, Read, admin::new_account},
        {Post, "/admin/accounts/create/", Staff, Write, admin::create_account},
        {Get, "/admin/accounts/{id}/", Staff, Read, admin::show_account},
        {Post, "/admin/accounts/{id}/", Staff, Write, admin::save_account},
        {Post, "/admin/accounts/{id}/link/", Staff, Write, admin::link_user},
        {Post, "/admin/accounts/{id}/unlink/", Staff, Write, admin::unlink_user},

        {Get, "/healthz", Public, Inline, health},
        {Get, "/readyz", Public, Read, with(services, ready)},
    };
}

} // namespace app
