#include "server/settings/config.hpp"
#include "server/settings/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace {

using server::ConfigSources;
using server::read_config;
using server::UsageError;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Settings : public testing::Test
{
  protected:
    Settings() { sources_.usual_files = {directory_ / "gas-utility.toml"}; }
    ~Settings() override { std::filesystem::remove_all(directory_); }

    void write_file(std::string_view text, const std::string& name = "gas-utility.toml") const
    {
        std::ofstream(directory_ / name) << text;
    }

    std::string refusal() const
    {
        try {
            read_config(sources_);
        } catch (const UsageError& error) {
            return error.what();
        }
        return "accepted";
    }

    static std::filesystem::path make_directory()
    {
        std::string name = (std::filesystem::temp_directory_path() / "gas-config-XXXXXX").string();
        return ::mkdtemp(name.data());
    }

    std::filesystem::path directory_ = make_directory();
    ConfigSources sources_;
};

TEST_F(Settings, DefaultsServeOnLoopbackWithTheDatabaseInTheDataDirectory)
{
    const auto config = read_config(sources_);

    EXPECT_EQ(config.database_url, "sqlite:///var/gas-utility.sqlite3");
    EXPECT_EQ(config.address, "127.0.0.1");
    EXPECT_EQ(config.port, 8000);
    EXPECT_THAT(config.allowed_hosts, ElementsAre("localhost", "127.0.0.1", "[::1]"));
}

TEST_F(Settings, TheTableOfSettingsTellsTheTrueDefaults)
{
    const auto untouched = read_config(sources_);
    for (const server::Setting& setting : server::settings())
        if (setting.default_text != "none" && setting.default_text.find('<') == std::string_view::npos)
            sources_.flags[std::string(setting.name)] = setting.default_text;

    const auto told = read_config(sources_);

    EXPECT_EQ(told.data_dir, untouched.data_dir);
    EXPECT_EQ(told.address, untouched.address);
    EXPECT_EQ(told.port, untouched.port);
    EXPECT_EQ(told.allowed_hosts, untouched.allowed_hosts);
    EXPECT_EQ(told.time_zone, untouched.time_zone);
    EXPECT_EQ(told.names.name, untouched.names.name);
    EXPECT_EQ(told.names.emergency_phone, untouched.names.emergency_phone);
    EXPECT_EQ(told.names.emergency_phone_link, untouched.names.emergency_phone_link);
    EXPECT_EQ(told.names.service_phone_link, untouched.names.service_phone_link);
    EXPECT_EQ(told.sessions.idle, untouched.sessions.idle);
    EXPECT_EQ(told.sessions.absolute, untouched.sessions.absolute);
    EXPECT_EQ(told.io_threads, untouched.io_threads);
    EXPECT_EQ(told.readers, untouched.readers);
    EXPECT_EQ(told.write_threads, untouched.write_threads);
    EXPECT_EQ(told.heavy_threads, untouched.heavy_threads);
    EXPECT_EQ(told.secure_cookies, untouched.secure_cookies);
    EXPECT_EQ(told.access_log, untouched.access_log);
    EXPECT_EQ(told.log_format, untouched.log_format);
    EXPECT_EQ(told.log_level, untouched.log_level);
}

TEST_F(Settings, OptionBeatsEnvironmentBeatsFileBeatsDefault)
{
    write_file("site_name = 'File'\nreaders = 7\nio_threads = 5\n");
    sources_.environment = {{"GAS_UTILITY_SITE_NAME", "Environment"}, {"GAS_UTILITY_READERS", "8"}};
    sources_.flags = {{"site_name", "Option"}};

    const auto config = read_config(sources_);

    EXPECT_EQ(config.names.name, "Option");
    EXPECT_EQ(config.readers, 8U);
    EXPECT_EQ(config.io_threads, 5U);
    EXPECT_EQ(config.heavy_threads, 2U);
}

TEST_F(Settings, ANamedFileReplacesTheUsualOne)
{
    write_file("site_name = 'Usual'\n");
    write_file("site_name = 'Variable'\n", "variable.toml");
    write_file("site_name = 'Option'\n", "option.toml");

    EXPECT_EQ(read_config(sources_).names.name, "Usual");
    sources_.environment["GAS_UTILITY_CONFIG"] = directory_ / "variable.toml";
    EXPECT_EQ(read_config(sources_).names.name, "Variable");
    sources_.file = directory_ / "option.toml";
    EXPECT_EQ(read_config(sources_).names.name, "Option");
}

TEST_F(Settings, ANamedFileThatIsMissingIsRefused)
{
    sources_.file = directory_ / "missing.toml";

    EXPECT_THAT(refusal(), AllOf(HasSubstr("missing.toml"), HasSubstr("does not exist")));
}

TEST_F(Settings, ListsComeFromTomlArraysAndFromCommas)
{
    write_file("allowed_hosts = [\"gas.example\", \"www.gas.example\"]\ntrusted_proxies = \"10.0.0.1\"\n");
    sources_.environment["GAS_UTILITY_TRUSTED_PROXIES"] = " 10.0.0.2 , ::1,";

    const auto config = read_config(sources_);

    EXPECT_THAT(config.allowed_hosts, ElementsAre("gas.example", "www.gas.example"));
    EXPECT_THAT(config.trusted_proxies, ElementsAre("10.0.0.2", "::1"));
}

TEST_F(Settings, TheProviderOfTheStaffNeedsAClientAnOriginAndGroups)
{
    sources_.flags = {{"local_sign_in", "administrators"}};
    EXPECT_THAT(refusal(), HasSubstr("local_sign_in: without oidc_issuer"));
    sources_.flags["oidc_issuer"] = "https://login.example/realms/gas";
    EXPECT_THAT(refusal(), HasSubstr("it needs oidc_client_id"));
    sources_.flags["oidc_client_id"] = "gas-utility";
    EXPECT_THAT(refusal(), HasSubstr("it needs site_url"));
    sources_.flags["site_url"] = "https://gas.example";
    EXPECT_THAT(refusal(), HasSubstr("it needs oidc_groups"));
    sources_.flags["oidc_groups"] = "cn=desk=representative, /gas/leads = Supervisor";

    const auto config = read_config(sources_);

    ASSERT_EQ(config.oidc.groups.size(), 2U);
    EXPECT_EQ(config.oidc.groups[0].group, "cn=desk");
    EXPECT_EQ(config.oidc.groups[0].role, base::Role::Representative);
    EXPECT_EQ(config.oidc.groups[1].group, "/gas/leads");
    EXPECT_EQ(config.oidc.groups[1].role, base::Role::Supervisor);
    EXPECT_EQ(config.oidc.group_claim, "groups");
    EXPECT_FALSE(config.oidc.links_by_email);
    EXPECT_EQ(config.local_sign_in, sign_in::LocalSignIn::Administrators);
}

TEST_F(Settings, TheProviderOfTheStaffIsAskedOverTlsAndGroupsHaveRolesOfTheStaff)
{
    for (const char* issuer :
        {"http://login.example", "login.example", "https://login.example/?x=1", "https://a@b.example"}) {
        sources_.flags = {{"oidc_issuer", issuer}};
        EXPECT_THAT(refusal(), HasSubstr("must be the issuer as the provider writes it")) << issuer;
    }
    for (const char* groups : {"desk", "desk=customer", "=representative", "desk=", "desk=representative,leads"}) {
        sources_.flags = {{"oidc_groups", groups}};
        EXPECT_THAT(refusal(), testing::StartsWith("oidc_groups: ")) << groups;
    }
}

TEST_F(Settings, TrustedProxiesTakesNetworksAndSaysWhatIsWrongWithOne)
{
    sources_.flags["trusted_proxies"] = "10.0.0.0/8, 2001:db8::/32, 192.0.2.7";
    EXPECT_THAT(read_config(sources_).trusted_proxies, ElementsAre("10.0.0.0/8", "2001:db8::/32", "192.0.2.7"));

    for (const auto& [text, reason] :
        {std::pair("10.1.2.3/8", "the network is 10.0.0.0/8"), std::pair("10.0.0.0/33", "more than 32 bits"),
            std::pair("2001:db8::/129", "more than 128 bits"), std::pair("10.0.0.0/", "neither an IP address nor")}) {
        sources_.flags["trusted_proxies"] = text;
        EXPECT_THAT(refusal(), AllOf(HasSubstr("trusted_proxies: "), HasSubstr(reason))) << text;
    }
}

TEST_F(Settings, TrustedOriginsAreKeptInOneSpellingAndNothingMoreThanOrigins)
{
    sources_.flags["trusted_origins"] = "https://Gas.Example:443, http://gas.example:8080";
    EXPECT_THAT(read_config(sources_).trusted_origins, ElementsAre("https://gas.example", "http://gas.example:8080"));

    for (const std::string text :
        {"gas.example", "https://gas.example/", "https://gas.example/x", "https://*.example", "*", "null",
            "https://me:hush@gas.example", "https://gas.example, ftp://gas.example", "https://gas.example:0"}) {
        sources_.flags["trusted_origins"] = text;
        EXPECT_THAT(refusal(), AllOf(HasSubstr("trusted_origins: "), HasSubstr("https://HOST"), Not(HasSubstr("hush"))))
            << text;
    }
}

TEST_F(Settings, AnEmptyVariableCountsAsAbsent)
{
    sources_.environment["GAS_UTILITY_SITE_NAME"] = "";

    EXPECT_EQ(read_config(sources_).names.name, "Hearthway Gas");
}

TEST_F(Settings, AWrongValueIsRefusedNamingTheSettingAndItsSource)
{
    sources_.environment["GAS_UTILITY_READERS"] = "many";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("readers"), HasSubstr("\"many\" is not a whole number from 1 to 256"),
                               HasSubstr("environment variable GAS_UTILITY_READERS")));

    sources_.environment.clear();
    sources_.flags["io_threads"] = "0";
    EXPECT_THAT(refusal(), AllOf(HasSubstr("io_threads"), HasSubstr("the option --io-threads")));

    sources_.flags.clear();
    write_file("\naccess_log = 'maybe'\n");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("access_log"), HasSubstr("gas-utility.toml, line 2")));
}

TEST_F(Settings, AnUnknownNameOrABrokenFileIsRefusedWithItsLine)
{
    write_file("site_name = 'Gas'\nallowed_host = 'x'\n");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("\"allowed_host\" is not a setting"), HasSubstr("line 2"),
                               HasSubstr("did you mean allowed_hosts?")));

    write_file("site_name = \n");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("cannot be read"), HasSubstr("line 1")));

    write_file("[site]\nname = 'Gas'\n");
    EXPECT_THAT(refusal(), HasSubstr("line 1"));
}

TEST_F(Settings, HostilePhoneZoneUrlAndCookieRulesAreRefused)
{
    const std::pair<std::string, std::string> wrong[] = {{"time_zone", "Mars/Olympus"}, {"time_zone", ""},
        {"database_url", "mysql://x"}, {"database_url", "sqlite:///"}, {"database_url", "postgresqll://x/y"},
        {"database_connections", "0"}, {"database_listen_url", "sqlite:///x"}, {"database_prepared", "sometimes"},
        {"emergency_phone", "call us"}, {"secure_cookies", "sometimes"}, {"data_dir", " "}, {"site_name", "a\nb"},
        {"allowed_hosts", "gas.example:80"}, {"allowed_hosts", ","}, {"trusted_proxies", "gas.example"},
        {"log_format", "xml"}, {"log_level", "loud"}, {"second_factor_required", "customers"},
        {"session_idle_minutes", "-1"}, {"session_absolute_hours", "99999999999999999999"}};
    for (const auto& [name, text] : wrong) {
        sources_.flags = {{name, text}};
        EXPECT_THAT(refusal(), HasSubstr(name)) << text;
    }
}

TEST_F(Settings, AMistypedDatabaseUrlIsNotRepeatedForItMayHoldAPassword)
{
    sources_.flags = {{"database_url", "postgresq://gas:open-sesame@db/gas"}};
    EXPECT_THAT(refusal(), AllOf(HasSubstr("postgresql://USER@HOST/DATABASE"), Not(HasSubstr("open-sesame"))));
}

TEST_F(Settings, PostgresTakesAUrlConnectionsAndWhetherStatementsStayPrepared)
{
    sources_.flags = {{"database_url", "postgresql://gas@db1,db2/gas"}};
    EXPECT_EQ(read_config(sources_).database_connections, 16U);
    EXPECT_EQ(read_config(sources_).database_prepared, db::PreparedStatements::On);

    sources_.environment = {{"GAS_UTILITY_DATABASE_PREPARED", "off"}, {"GAS_UTILITY_DATABASE_CONNECTIONS", "40"}};
    const auto config = read_config(sources_);
    EXPECT_EQ(config.database_url, "postgresql://gas@db1,db2/gas");
    EXPECT_EQ(config.database_connections, 40U);
    EXPECT_EQ(config.database_prepared, db::PreparedStatements::Off);
}

TEST_F(Settings, AnIPv6AddressThatMayEndWithAPortIsAskedForInBrackets)
{
    sources_.flags = {{"listen", "::1:8000"}};
    EXPECT_THAT(refusal(), HasSubstr("brackets: [::1]:8000 or [::1:8000]"));
    sources_.flags = {{"listen", "[::1:8000]"}};
    EXPECT_EQ(read_config(sources_).address, "::1:8000");
    for (const std::string text : {"[::1", "[::1]8000", "[::1]:", "[::1]:70000", "[gas]:80", "fe80::x:80"}) {
        sources_.flags = {{"listen", text}};
        EXPECT_THAT(refusal(), HasSubstr("an IPv6 address goes into brackets: [::1]:8000")) << text;
    }
    EXPECT_EQ(server::endpoint_text("::1", 82), "[::1]:82");
    EXPECT_EQ(server::endpoint_text("0.0.0.0", 81), "0.0.0.0:81");
}

TEST_F(Settings, ASecondFactorIsForNobodyAdministratorsOrStaff)
{
    EXPECT_EQ(read_config(sources_).rules.second_factor_from, std::nullopt);
    sources_.flags = {{"second_factor_required", "administrators"}};
    EXPECT_EQ(read_config(sources_).rules.second_factor_from, base::Role::Administrator);
    sources_.flags = {{"second_factor_required", "Staff"}};
    EXPECT_EQ(read_config(sources_).rules.second_factor_from, base::Role::Representative);
    sources_.flags = {{"second_factor_required", "none"}};
    EXPECT_EQ(read_config(sources_).rules.second_factor_from, std::nullopt);
}

TEST_F(Settings, TheLogTakesAFormatAndALevel)
{
    sources_.flags = {{"log_format", "json"}, {"log_level", "Warning"}};
    EXPECT_EQ(read_config(sources_).log_format, base::log::Format::Json);
    EXPECT_EQ(read_config(sources_).log_level, base::log::Level::Warning);
    sources_.flags = {{"log_level", "error"}};
    EXPECT_EQ(read_config(sources_).log_level, base::log::Level::Error);
}

TEST_F(Settings, ListenTakesAddressPortAndBoth)
{
    const std::tuple<std::string, std::string, int> right[] = {{"8080", "127.0.0.1", 8080},
        {"0.0.0.0", "0.0.0.0", 8000}, {"0.0.0.0:81", "0.0.0.0", 81}, {"[::1]:82", "::1", 82}, {"::1", "::1", 8000},
        {"[::]", "::", 8000}, {"localhost:83", "127.0.0.1", 83}, {"localhost", "127.0.0.1", 8000},
        {"0", "127.0.0.1", 0}};
    for (const auto& [text, address, port] : right) {
        sources_.flags = {{"listen", text}};
        const auto config = read_config(sources_);
        EXPECT_EQ(config.address, address) << text;
        EXPECT_EQ(config.port, port) << text;
    }
    for (const std::string text : {"70000", "gas.example:80", "127.0.0.1:", "1.2.3.4:x", ":80", ""}) {
        sources_.flags = {{"listen", text}};
        EXPECT_THAT(refusal(), HasSubstr("listen")) << text;
    }
}

TEST_F(Settings, TheDatabaseFollowsTheDataDirectoryUnlessItIsNamed)
{
    sources_.flags = {{"data_dir", "/srv/gas"}};
    EXPECT_EQ(read_config(sources_).database_url, "sqlite:////srv/gas/gas-utility.sqlite3");

    sources_.environment["GAS_UTILITY_DATABASE_URL"] = "sqlite:///other.db";
    EXPECT_EQ(read_config(sources_).database_url, "sqlite:///other.db");
}

TEST_F(Settings, AttachmentsLieInTheDataDirectoryOrInABucketWithItsKey)
{
    EXPECT_FALSE(read_config(sources_).has_s3());

    sources_.environment = {{"GAS_UTILITY_ATTACHMENTS", "s3://gas/north"},
        {"GAS_UTILITY_S3_ENDPOINT", "https://s3.gas.example/"}, {"GAS_UTILITY_S3_ACCESS_KEY_ID", "node"},
        {"GAS_UTILITY_S3_SECRET_ACCESS_KEY", "hush"}};
    const auto config = read_config(sources_);
    EXPECT_EQ(config.s3.url(), "s3://gas/north");
    EXPECT_EQ(config.s3.endpoint, "https://s3.gas.example");
    EXPECT_EQ(config.s3.secret_access_key, "hush");

    sources_.environment.erase("GAS_UTILITY_S3_SECRET_ACCESS_KEY");
    EXPECT_THAT(refusal(), HasSubstr("s3://gas/north needs s3_access_key_id and s3_secret_access_key"));
    sources_.environment["GAS_UTILITY_S3_SECRET_ACCESS_KEY_FILE"] = directory_ / "key";
    EXPECT_THAT(refusal(), HasSubstr("key cannot be read: No such file"));
    write_file("from a file\n", "key");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("must be one word"), testing::Not(HasSubstr("from a file"))));
    write_file("hush-from-a-file\n", "key");
    EXPECT_EQ(read_config(sources_).s3.secret_access_key, "hush-from-a-file");
}

TEST_F(Settings, WrongStoresAreRefusedWithoutQuotingPasswords)
{
    for (const std::string text : {"s3", "s3://", "s3://Gas", "/srv/files"}) {
        sources_.flags = {{"attachments", text}};
        EXPECT_THAT(refusal(), AllOf(HasSubstr("attachments"), HasSubstr("s3://BUCKET"))) << text;
    }
    sources_.flags = {{"s3_endpoint", "https://me:hush@s3.example"}};
    EXPECT_THAT(refusal(), AllOf(HasSubstr("http(s)://HOST:PORT"), testing::Not(HasSubstr("hush"))));
}

} // namespace
