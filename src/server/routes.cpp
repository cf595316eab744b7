#include "server/routes.hpp"

#include "base/url_encoding.hpp"
#include "live/stream.hpp"
#include "pages/customer/comment_pages.hpp"
#include "pages/customer/create_pages.hpp"
#include "pages/customer/home_pages.hpp"
#include "pages/customer/request_pages.hpp"
#include "pages/desk/accounts/account_list_page.hpp"
#include "pages/desk/accounts/account_page.hpp"
#include "pages/desk/accounts/create_account_page.hpp"
#include "pages/desk/accounts/link_account_page.hpp"
#include "pages/desk/callers/caller_matches.hpp"
#include "pages/desk/callers/correct_address_page.hpp"
#include "pages/desk/emergencies/emergency_page.hpp"
#include "pages/desk/export_page.hpp"
#include "pages/desk/mail/mail_page.hpp"
#include "pages/desk/overview_page.hpp"
#include "pages/desk/proof/proof.hpp"
#include "pages/desk/queue_page.hpp"
#include "pages/desk/requests/call_page.hpp"
#include "pages/desk/requests/comment_page.hpp"
#include "pages/desk/requests/request_page.hpp"
#include "pages/desk/requests/status_page.hpp"
#include "pages/desk/users/create_user_page.hpp"
#include "pages/desk/users/reset_password_page.hpp"
#include "pages/desk/users/unlock_user_page.hpp"
#include "pages/desk/users/user_account_page.hpp"
#include "pages/desk/users/user_list_page.hpp"
#include "pages/desk/users/user_page.hpp"
#include "pages/public/code_pages.hpp"
#include "pages/public/emergency_pages.hpp"
#include "pages/public/people/confirm_page.hpp"
#include "pages/public/people/register_page.hpp"
#include "pages/public/people/reset_ask_page.hpp"
#include "pages/public/people/reset_choose_page.hpp"
#include "pages/public/provider/provider_pages.hpp"
#include "pages/public/sign_in_pages.hpp"
#include "pages/settings/choices/choices_page.hpp"
#include "pages/settings/choices/switch_off_page.hpp"
#include "pages/settings/closing/close_pages.hpp"
#include "pages/settings/contact_pages.hpp"
#include "pages/settings/email_pages.hpp"
#include "pages/settings/household_pages.hpp"
#include "pages/settings/password_pages.hpp"
#include "pages/settings/preference_pages.hpp"
#include "pages/settings/security/security_pages.hpp"
#include "pages/settings/security/session_pages.hpp"
#include "pages/shared/attachment_pages.hpp"
#include "pages/shared/notification_pages.hpp"
#include "pages/shared/urls.hpp"
#include "server/health.hpp"
#include "server/watch/metrics_page.hpp"

namespace server {

namespace customer = pages::customer;
namespace desk = pages::desk;
namespace public_ = pages::public_;
namespace settings = pages::settings;
namespace shared = pages::shared;

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
    storage::Store& files = services.attachments;
    const sign_in::PasswordLengths& passwords = services.passwords;
    const public_::SelfService& self = services.self_service;

    return {
        {Get, "/", Public, Inline, with(self.takes_registrations, customer::front)},
        {Get, "/accounts/login/", Public, Inline, with(self, public_::sign_in_form)},
        {Post, "/accounts/login/", Public, Password, with(self, public_::sign_in), Fields, SameOrigin},
        {Get, "/accounts/login/code/", Public, Read, public_::code_form},
        {Post, "/accounts/login/code/", Public, Password, with(self, public_::sign_in_with_code), Fields, SameOrigin},
        {Get, "/accounts/login/provider/", Public, Provider, with(self, public_::leave_for_provider)},
        {Get, "/accounts/login/provider/back/", Public, Provider, with(self, public_::return_from_provider)},
        {Get, "/accounts/password/reset/", Public, Inline, with(self, public_::reset_form)},
        {Post, "/accounts/password/reset/", Public, Write, with(self, public_::ask_for_reset), Fields, SameOrigin},
        {Get, "/accounts/password/reset/{token}/", Public, Read, with(self, public_::choose_password_form)},
        {Post, "/accounts/password/reset/{token}/", Public, Password, with(self, public_::choose_password), Fields,
            SameOrigin},
        {Get, "/accounts/register/", Public, Inline, with(self, public_::registration_form)},
        {Post, "/accounts/register/", Public, Password, with(self, public_::ask_to_register), Fields, SameOrigin},
        {Get, "/accounts/register/{token}/", Public, Read, with(self, public_::confirm_form)},
        {Post, "/accounts/register/{token}/", Public, Password, with(self, public_::confirm_registration), Fields,
            SameOrigin},
        {Post, "/accounts/logout/", SignedIn, Write, with(services.live, public_::sign_out)},
        {Post, "/preferences/theme/", Public, Inline, settings::choose_theme, Fields, Origin},
        {Post, "/preferences/language/", Public, Write, settings::choose_language, Fields, Origin},
        {Post, "/preferences/start-over/", SignedIn, Write, settings::start_over},

        {Get, "/mail/off/{token}/", Public, Read, settings::ask_to_switch_off},
        {Post, "/mail/off/{token}/", Public, Write, settings::switch_off, Fields, web::FormToken::Nothing},

        {Get, "/emergency/", Public, Inline, public_::emergency_form},
        {Post, "/emergency/", Public, Emergency, public_::report_leak, Fields, web::FormToken::Guest},
        {Get, "/emergency/report/{token}/", Public, Read, public_::follow_leak},

        {Get, "/service/", Customer, Read, customer::list_requests},
        {Get, "/service/create/", Customer, Read, customer::new_request},
        {Post, "/service/create/", Customer, Write, with(files, customer::submit_request), Files},
        {Get, "/service/{id}/received/", Customer, Read, customer::show_received},
        {Get, "/service/{id}/", Customer, Read, customer::show_request},
        {Post, "/service/{id}/address/", Customer, Write, customer::add_address},
        {Post, "/service/{id}/read/", Customer, Write, shared::read_request},
        {Post, "/service/{id}/comments/", Customer, Write, with(files, customer::write_comment), Files},
        {Post, "/service/{id}/reopen/", Customer, Write, with(files, customer::reopen_request), Files},
        {Get, "/service/{id}/attachments/{attachment_id}/", SignedIn, Transfer,
            with(files, shared::download_attachment)},
        {Get, "/service/{id}/attachments/{attachment_id}/preview/", SignedIn, Transfer,
            with(files, shared::show_preview)},

        {Get, "/notifications/", SignedIn, Read, shared::show_notifications},
        {Post, "/notifications/read/", SignedIn, Write, shared::read_all_notifications},

        {Get, "/account/", SignedIn, Read, settings::show_account},
        {Post, "/account/contact/", SignedIn, Password, settings::save_contact},
        {Post, "/account/claim/", Customer, Write, settings::claim_account},
        {Post, "/account/{id}/sharing/", Customer, Write, settings::choose_sharing},
        {Post, "/account/{id}/unshare/", Customer, Write, settings::end_sharing},
        {Post, "/account/asks/{id}/accept/", Customer, Write, settings::accept_ask},
        {Post, "/account/asks/{id}/decline/", Customer, Write, settings::decline_ask},
        {Get, "/account/notifications/", SignedIn, Read, settings::show_choices},
        {Post, "/account/notifications/", SignedIn, Write, settings::save_choices},
        {Get, "/account/email/confirm/{token}/", SignedIn, Read, settings::confirm_email_form},
        {Post, "/account/email/confirm/{token}/", SignedIn, Write, settings::confirm_email},
        {Post, "/account/email/again/", SignedIn, Write, settings::send_email_link_again},
        {Post, "/account/email/cancel/", SignedIn, Write, settings::cancel_email_change},
        {Get, "/account/close/", SignedIn, Read, settings::close_form},
        {Post, "/account/close/", SignedIn, Password, with(services.live, settings::close_profile)},
        {Get, "/account/password/", SignedIn, Read, with(passwords, settings::password_form)},
        {Post, "/account/password/", SignedIn, Password, with(passwords, settings::change_password)},
        {Get, "/account/security/", SignedIn, Read, settings::security_form},
        {Post, "/account/security/", SignedIn, Password, settings::turn_factor_on},
        {Post, "/account/security/off/", SignedIn, Password, with(passwords, settings::turn_factor_off)},
        {Post, "/account/security/codes/", SignedIn, Password, settings::renew_recovery_codes},
        {Post, "/account/security/codes/file/", SignedIn, Read, settings::save_recovery_codes},
        {Post, "/account/security/codes/kept/", SignedIn, Write, settings::hide_recovery_codes},
        {Get, "/account/sessions/", SignedIn, Read, with(services.session_rules, settings::show_sessions)},
        {Post, "/account/sessions/{name}/end/", SignedIn, Write, with(services.live, settings::end_session)},
        {Post, "/account/sessions/others/", SignedIn, Write, with(services.live, settings::end_other_sessions)},

        {Get, "/events/", Public, Read, with(services.live, live::open_stream)},

        {Get, "/admin/", Staff, Read, desk::overview},
        {Post, "/admin/confirm/", Staff, Password, desk::confirm},
        {Get, "/admin/requests/", Staff, Read, desk::queue},
        {Get, "/admin/requests/export.csv", Staff, Write, with(services.site, desk::export_csv), Fields, Origin},
        {Get, "/admin/requests/create/", Staff, Read, desk::new_call},
        {Post, "/admin/requests/create/", Staff, Write, desk::submit_call},
        {Get, "/admin/requests/create/customers/", Staff, Read, desk::offer_callers},
        {Get, "/admin/requests/{id}/", Staff, Read, desk::show_request},
        {Post, "/admin/requests/{id}/read/", Staff, Write, shared::read_request},
        {Post, "/admin/requests/{id}/status/", Staff, Write, with(files, desk::change_status), Files},
        {Post, "/admin/requests/{id}/address/", Staff, Write, desk::correct_address},
        {Post, "/admin/requests/{id}/take/", Staff, Write, desk::take_emergency, Files},
        {Post, "/admin/requests/{id}/take-over/", Staff, Write, desk::take_over_emergency, Files},
        {Post, "/admin/requests/{id}/give-back/", Staff, Write, desk::give_back_emergency, Files},
        {Get, "/admin/requests/{id}/false-alarm/", Staff, Read, desk::ask_about_false_alarms},
        {Post, "/admin/requests/{id}/false-alarm/", Staff, Write, desk::resolve_false_alarms},
        {Post, "/admin/requests/{id}/link/withdraw/", Staff, Write, desk::withdraw_link, Files},
        {Post, "/admin/requests/{id}/comments/", Staff, Write, with(files, desk::write_comment), Files},

        {Get, "/admin/users/", Staff, Read, desk::list_users},
        {Get, "/admin/users/create/", Staff, Read, desk::new_user},
        {Post, "/admin/users/create/", Staff, Password, desk::create_user},
        {Get, "/admin/users/{id}/", Staff, Read, desk::show_user},
        {Post, "/admin/users/{id}/", Staff, Password, with(services.live, desk::save_user)},
        {Post, "/admin/users/{id}/password/", Staff, Password, with(services.live, desk::reset_password)},
        {Post, "/admin/users/{id}/password/told/", Staff, Write, desk::hide_password},
        {Post, "/admin/users/{id}/factor/", Administrator, Password, with(services.live, desk::reset_factor)},
        {Post, "/admin/users/{id}/unlock/", Staff, Write, desk::unlock_user},
        {Post, "/admin/users/{id}/account/", Staff, Write, desk::change_account_of_user},

        {Get, "/admin/accounts/", Staff, Read, desk::list_accounts},
        {Get, "/admin/accounts/create/", Staff, Read, desk::new_account},
        {Post, "/admin/accounts/create/", Staff, Write, desk::create_account},
        {Get, "/admin/accounts/{id}/", Staff, Read, desk::show_account},
        {Post, "/admin/accounts/{id}/", Staff, Write, desk::save_account},
        {Post, "/admin/accounts/{id}/link/", Staff, Write, desk::link_user},
        {Post, "/admin/accounts/{id}/unlink/", Staff, Write, desk::unlink_user},
        {Post, "/admin/accounts/{id}/end-ask/", Staff, Write, desk::end_ask},

        {Get, "/admin/mail/", Administrator, Read, desk::list_mail},
        {Post, "/admin/mail/{id}/send-again/", Administrator, Write, desk::send_mail_again},

        {Get, "/healthz", Public, Inline, health},
        {Get, "/readyz", Public, Read, with(services, ready)},
        {Get, "/metrics", Public, Read, with(services, metrics)},
    };
}

void lead_to_a_page(http::Response& response, const web::Router& router)
{
    const auto is_page = [&](std::string_view target) {
        const auto path = base::percent_decode(target.substr(0, target.find_first_of("?#")));
        return path && *path != urls::events() &&
               (router.find(http::Method::Get, *path) || router.find(http::Method::Get, *path + "/"));
    };
    for (auto& [name, value] : response.headers) {
        if (name == "Location" && value.starts_with('/') && !is_page(value))
            value = urls::front();
    }
}

} // namespace server
