// What people read in Spanish: pages of each audience, what is said after a form, errors, notifications, live pieces.

#include "actions/write_comment.hpp"
#include "i18n/dates.hpp"
#include "i18n/site_languages.hpp"
#include "server/error_pages.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Spanish : public testing::Test
{
  protected:
    support::TestSite site;
    support::Client guest = reader();
    support::Client mei = reader();
    support::Client ravi = reader();

    void SetUp() override
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }

    support::Client reader()
    {
        support::Client client(site);
        client.set_header("accept-language", "es-US,es;q=0.9");
        return client;
    }
};

TEST_F(Spanish, IsWhatEachAudienceReads)
{
    site.submit(site.cast.mei, "The valve drips", "billing");
    EXPECT_THAT(guest.get("/").body, AllOf(HasSubstr("¿Huele a gas?"), HasSubstr("Iniciar sesión")));
    EXPECT_THAT(guest.get("/emergency/").body, HasSubstr("Salga del edificio ahora mismo"));
    EXPECT_THAT(mei.get("/service/").body,
        AllOf(HasSubstr("Sus solicitudes"), HasSubstr("Facturación"), Not(HasSubstr("Billing"))));
    EXPECT_THAT(mei.get("/service/create/").body, AllOf(HasSubstr("Fuga de gas"), Not(HasSubstr("Gas Leak"))));
    EXPECT_THAT(ravi.get("/admin/requests/").body, AllOf(HasSubstr("Lista de trabajo"), HasSubstr("Facturación")));
}

TEST_F(Spanish, SaysWhatWasDoneAndWhatIsWrong)
{
    const auto id = site.submit(site.cast.mei, "The valve drips");
    const std::string url = "/service/" + std::to_string(id.value) + "/";
    mei.post(url + "comments/", {{"text", "It drips more"}, {"submission", "key"}});
    EXPECT_THAT(mei.get(url).body, HasSubstr("Comentario enviado."));
    EXPECT_THAT(mei.post(url + "comments/", {{"text", ""}, {"submission", "key2"}}).body,
        HasSubstr("Escriba su comentario o agregue una foto."));
    EXPECT_THAT(guest.get("/nowhere/").body, HasSubstr("No encontramos esa página"));
    EXPECT_THAT(guest.post("/accounts/login/", {{"username", "mei"}, {"password", "wrong password"}}).body,
        HasSubstr("El nombre de usuario y la contraseña no coinciden"));
}

TEST_F(Spanish, TellsNotificationsInTheReadersWords)
{
    const auto id = site.submit(site.cast.mei, "The valve drips");
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(site.cast.ravi),
            {.service_request = id, .text = "We are coming", .visibility = base::Visibility::Public});
    });
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("respondió"));
    support::Client in_english(site);
    in_english.sign_in_as(site.cast.mei);
    EXPECT_THAT(in_english.get("/notifications/").body, HasSubstr("answered"));
}

TEST_F(Spanish, WritesDatesAndAgesInWords)
{
    const auto languages = i18n::site_languages();
    const auto spanish = std::ranges::find(languages, "es", [](const auto& language) { return language->tag(); });
    ASSERT_NE(spanish, languages.end());
    const base::Zone zone("America/New_York");
    // November 27, 2026, 4:31 PM in New York.
    const base::Time at = base::from_millis(1795815060000);
    const auto seen = [&](auto after) { return i18n::Dates(**spanish, zone, at + after); };
    using std::chrono::days;
    using std::chrono::minutes;
    EXPECT_EQ(seen(days(3)).friendly(at), "27 de noviembre, 4:31\u00a0p.\u00a0m.");
    EXPECT_EQ(seen(days(300)).friendly(at), "27 de noviembre de 2026, 4:31\u00a0p.\u00a0m.");
    EXPECT_EQ(seen(minutes(5)).friendly(at), "hoy, 4:31\u00a0p.\u00a0m.");
    EXPECT_EQ(seen(days(1)).friendly(at), "ayer, 4:31\u00a0p.\u00a0m.");
    EXPECT_EQ(seen(days(0)).exact(at), "27 de noviembre de 2026, 4:31\u00a0p.\u00a0m. EST");
    EXPECT_EQ(seen(days(0)).day(at), "27 de noviembre de 2026");
    EXPECT_EQ(seen(days(1)).age(at), "1 día");
    EXPECT_EQ(seen(days(2)).age(at), "2 días");
}

TEST_F(Spanish, CountsInItsOwnForms)
{
    EXPECT_THAT(mei.get("/service/?status=Pending").body, HasSubstr("0 solicitudes abiertas"));
    site.submit(site.cast.mei, "The valve drips");
    EXPECT_THAT(mei.get("/service/?status=Pending").body, HasSubstr("1 solicitud abierta"));
    site.submit(site.cast.mei, "It drips more");
    EXPECT_THAT(mei.get("/service/?status=Pending").body, HasSubstr("2 solicitudes abiertas"));
}

TEST_F(Spanish, IsBesideEnglishWhereNothingIsKnownOfTheReader)
{
    const std::string page = server::bare_page(site.site(), http::Status::UriTooLong);
    EXPECT_THAT(page, AllOf(HasSubstr("<div lang=\"en\">"), HasSubstr("We could not read that"),
                          HasSubstr("<div lang=\"es\">"), HasSubstr("¿Huele a gas?"), Not(HasSubstr("en-XA"))));
    EXPECT_THAT(
        server::busy_page(site.site()), AllOf(HasSubstr("We are very busy"), HasSubstr("El sitio está muy ocupado")));
}

} // namespace
