#include "server/house.hpp"

#include "actions/files/hold_files.hpp"
#include "actions/households/claim_account.hpp"
#include "actions/people/change_email.hpp"
#include "actions/people/close_profile.hpp"
#include "actions/people/register.hpp"
#include "actions/people/reset_by_mail.hpp"
#include "actions/sign_in.hpp"
#include "base/log.hpp"
#include "events/position.hpp"
#include "pages/shared/urls.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "server/frame.hpp"
#include "server/opening/open.hpp"
#include "server/routes.hpp"
#include "server/site_task.hpp"
#include "sign_in/throttle.hpp"
#include "web/forms/csrf.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/refused.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace server {

namespace {

/// Where the disk may become full: on PostgreSQL the database's is elsewhere.
std::vector<std::filesystem::path> written_directories(const Config& config, const storage::Store& store)
{
    std::vector<std::filesystem::path> directories{store.temporary_directory()};
    if (config.database_url.starts_with(sqlite_scheme))
        directories.push_back(
            std::filesystem::absolute(config.database_url.substr(sqlite_scheme.size())).parent_path());
    return directories;
}

/// None in a rehearsal: the provider would send the browser to the site itself.
std::unique_ptr<oidc::Provider> make_provider(const Config& config, const base::Clock& clock)
{
    if (!config.oidc.is_on() || config.is_rehearsal)
        return nullptr;
    oidc::Settings settings = config.oidc;
    settings.redirect_url = config.mail.site_url + urls::provider_return();
    return std::make_unique<oidc::Provider>(std::move(settings), clock);
}

} // namespace

House::House(const Config& config, std::unique_ptr<db::Database> database, const base::Clock& clock,
    std::vector<std::unique_ptr<const i18n::Language>> languages)
    : config_(config),
      database_(std::move(database)),
      clock_(clock),
      zone_(config.time_zone),
      languages_(std::move(languages)),
      attachments_(config.is_rehearsal ? open_rehearsal_store(config) : open_store(config)),
      attachments_lock_(config.is_rehearsal ? std::nullopt : lock_attachments(config, database_->engine())),
      sweeper_(*database_, *attachments_,
          attachments_lock_ ? attachments::StoreUse::Alone : attachments::StoreUse::Shared, clock.now()),
      live_(config.streams_per_user),
      site_{*database_, clock_, zone_, languages_, config.names, complete_page, config.secure_cookies, config.rules,
          web::find_form_key(*database_)},
      services_{site_, *attachments_, config.sessions, live_},
      router_(routes(services_)),
      lanes_({.read_threads = config.readers,
          .write_threads = config.write_threads,
          .heavy_threads = config.heavy_threads}),
      pipeline_(services_, router_, lanes_),
      undeclared_proxies_file_(config.undeclared_proxies_file()),
      dispatcher_(site_, live_, config.sessions)
{
    services_.access_log = config.access_log;
    std::vector<std::string> watchers = config.metrics_networks;
    watchers.insert(watchers.end(), {"127.0.0.0/8", "::1"});
    services_.monitoring.networks = http::NetworkList(watchers);
    services_.monitoring.directories = {{"data", config.data_dir}, {"attachments", config.attachments_dir()}};
    services_.monitoring.last_backup = config.last_backup_file();
    services_.quota = config.quota;
    services_.passwords = config.passwords;
    services_.provider = make_provider(config, clock);
    services_.self_service = {.has_mail = config.mail.is_on(),
        .takes_registrations = config.mail.is_on() && config.registration,
        .passwords = config.passwords,
        .provider = services_.provider.get(),
        .local = services_.provider ? config.local_sign_in : sign_in::LocalSignIn::All};
    services_.free_space = FreeSpace(written_directories(config, *attachments_));
    services_.trusted_origins = config.trusted_origins;
    site_.names.is_rehearsal = config.is_rehearsal;
    database_->on_commit([this] { live_.wake(); });
}

House::~House()
{
    mail_worker_.reset();
    lanes_.close();
}

std::string House::sweep()
{
    if (database_->is_damaged())
        return "nothing was swept: the database is damaged";
    const std::lock_guard lock(sweeping_);
    const base::Time now = clock_.now();
    // Held to the end. What it shows is old enough for the files: they are swept an hour after they were put there.
    const db::ReadLease lease = database_->read();
    if (!try_task(*lease, SiteTask::Sweeping))
        return "another node sweeps";
    std::int64_t sessions = 0;
    std::vector<std::string> let_go;
    database_->write([&](db::Transaction& tx) {
        sessions = actions::forget_expired(tx, now, services_.session_rules);
        web::remove_old_submissions(tx, now);
        web::remove_old_drafts(tx, now);
        web::remove_old_refused(tx, now);
        let_go = actions::let_go_of_old_files(tx, now);
        actions::forget_old_mail(tx, now);
        actions::forget_claims(tx, now);
        events::adopt_restored_events(tx);
    });
    forget_registrations();
    forget_closed_contacts();
    for (const std::string& name : let_go)
        attachments_->discard(name);
    const std::string files = sweeper_.sweep(*lease, now);
    return fmt::format("swept {} expired sessions; {}", sessions, files);
}

void House::begin()
{
    const std::lock_guard lock(sweeping_);
    const db::ReadLease lease = database_->read();
    if (!is_rehearsal() && try_task(*lease, SiteTask::Sweeping))
        sweeper_.begin();
}

void House::begin_mail()
{
    if (is_rehearsal())
        return;
    database_->write([&](db::Transaction& tx) { actions::switch_mail(tx, config_.mail.is_on(), clock_.now()); });
    if (config_.mail.is_on())
        mail_worker_.emplace(site_, config_.mail);
}

void House::leave()
{
    if (is_rehearsal())
        return;
    const std::lock_guard lock(sweeping_);
    const db::ReadLease lease = database_->read();
    if (try_task(*lease, SiteTask::Sweeping))
        sweeper_.leave(clock_.now());
}

std::string House::inspect(const std::function<bool()>& goes_on)
{
    const db::Inspection found = database_->inspect(goes_on);
    services_.monitoring.found_damage = !found.damage.empty();
    services_.monitoring.inspected_at = base::to_millis(clock_.now());
    if (!found.damage.empty()) {
        base::log::error(fmt::format("the nightly check found damage: {}", fmt::join(found.damage, "; ")));
        return "nightly check: the database is damaged";
    }
    return fmt::format("nightly check: {}", found.looked_at.empty() ? found.left_out : found.looked_at + ", no damage");
}

void House::answer_people()
{
    if (database_->is_damaged())
        return;
    const base::Time now = clock_.now();
    while (actions::settle_claims(*database_, now) == actions::claim_batch) {
    }
    if (!services_.self_service.has_mail)
        return;
    while (actions::mail_reset_links(*database_, now, urls::reset_link) == actions::reset_batch) {
    }
    while (actions::mail_registration_links(*database_, now, urls::registration_link) == actions::registration_batch) {
    }
    while (actions::mail_email_links(*database_, now, urls::email_link) == actions::email_change_batch) {
    }
}

void House::forget_registrations()
{
    constexpr std::size_t batch = 100;
    const auto forget = [&] {
        return database_->write(
            [&](db::Transaction& tx) { return actions::forget_registrations(tx, clock_.now(), batch); });
    };
    while (forget() == static_cast<std::int64_t>(batch)) {
    }
}

void House::forget_closed_contacts()
{
    constexpr std::size_t batch = 100;
    const auto forget = [&] {
        return database_->write([&](db::Transaction& tx) { return actions::forget_closed_contacts(tx, batch); });
    };
    while (forget() == static_cast<std::int64_t>(batch)) {
    }
}

base::Time House::next_inspection() const
{
    constexpr auto hour = std::chrono::hours(3);
    return zone_.start_of_day_after(clock_.now() - hour, 1) + hour;
}

void House::store_words_behind()
{
    // A second's share: at full load more would take its time from those who write.
    const bool is_alone = database_->engine() == db::Engine::Sqlite;
    const auto end =
        std::chrono::steady_clock::now() + (is_alone ? std::chrono::milliseconds(50) : std::chrono::milliseconds(250));
    const std::size_t most = is_alone ? search::most_stored_at_once : 1;
    while (search::has_words_behind(*database_->read())) {
        words_stored_to_ = database_->write(
            [&](db::Transaction& tx) { return search::store_words_behind(tx, words_stored_to_, most); });
        if (!words_stored_to_ || std::chrono::steady_clock::now() >= end)
            return;
    }
}

void House::index_new_requests()
{
    if (database_->is_damaged())
        return;
    if (database_->engine() == db::Engine::Postgres) {
        const db::ReadLease lease = database_->read();
        if (try_task(*lease, SiteTask::Indexing)) {
            store_words_behind();
            database_->write([](db::Transaction& tx) { search::index_words(tx); });
        }
        return;
    }
    store_words_behind();
    while (search::has_words_to_index(*database_->read()))
        database_->write([](db::Transaction& tx) { search::index_words(tx); });
}

void House::store_undeclared_proxies()
{
    if (const auto proxies = pipeline_.forwarding_notes().take_undeclared())
        save_undeclared_proxies(undeclared_proxies_file_, *proxies);
}

} // namespace server
