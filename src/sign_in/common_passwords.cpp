#include "base/text.hpp"
#include "sign_in/password_rules.hpp"

namespace sign_in {

namespace {

/// In lower case, a blank or a line's end after each: first those of 8 characters and more, then short words that many
/// people put digits around. Made from what published lists agree on; it can be grown.
constexpr std::string_view common_passwords = R"(
00000000 000000000 01234567 012345678 0123456789 0123456789012 0123456789abc 0987654321 10101010 101010101 10203040
102030405060 11111111 111111111 1111111111 111122223333 111222333444 11223344 1122334455 112233445566 1122334455667788
112233445566778899 12121212 121212121 121212121212 123123123 123123123123 123321123321 12341234 12344321 1234512345
123454321 123456123456 12345678 1234567812345678 123456789 1234567890 12345678900987654321 1234567890abc
1234567890abcdef 1234567890qwerty 123456789a 123456789abc 123456789abcdef 123456789qwerty 12345678a 12345679 1234567a
1234567q 123456abcdef 123456abcdefg 123456qwerty 12345qwert 1234abcd 1234abcd1234 1234qwer 1234qwerasdf
1234qwerasdfzxcv 123abc123abc 123qwe123 123qweasd 123qweasdzxc 12qwaszx 13131313 14141414 147258369 147258369147
147852369 159357159357 159753456 159753456852 1a2b3c4d5e6f 1a2b3c4d5e6f7g 1q1q1q1q1q 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
1q2w3e4r5t6y7u 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx#edc 1qaz@wsx3edc 1qazxsw2 1qazxsw23edc 1qazxsw23edcvfr4
20202020 22222222 246813579135 31415926 314159265 321321321321 33333333 44444444 456123789 55555555 66666666 741852963
741852963741 77777777 789456123 789456123000 789456123789 852456852456 87654321 87654321abcd 88888888 888888888
963852741 987456321 987654321 9876543210 9876543210abc 987654321abc 99999999 999999999 a12345678 a123456789 a1b2c3d4
a1b2c3d4e5 a1b2c3d4e5f6 a1b2c3d4e5f6g7 a1s2d3f4g5h6 aa123456 aa12345678 aaa111222 aaaaaaaa aaaaaaaaaa aaaabbbbcccc
aabbccddeeff abc12345 abc123456 abc123456789 abc123abc123 abc123def456 abcabcabc123 abcd1234 abcd12345678 abcd1234abcd
abcd1234efgh abcde12345 abcdefg1 abcdefgh abcdefgh1234 abcdefgh12345678 abcdefghi abcdefghij abcdefghijkl
abcdefghijklm access123 access14 admin123 admin123! admin1234 admin12345 admin123456789 adminadmin adminadmin123
administrador administrator administrator1 adminpassword alejandra alejandro alexander alexander1 alexandra
alohomora123 amazingrace america1 angel123 anotherpassword anthony1 applejacks arsenal1 asdasdasd asdf1234 asdfasdf
asdfghj1 asdfghjk asdfghjkl asdfghjkl1 asdfqwer ashley123 australia autumn2025 autumn2026 azertyuiop babyboy1 babygirl
babygirl1 babygirl1234 badpassword barcelona barcelona1 barcelona2024 baseball baseball1 baseball1234 basketball
basketball1 basketball12 batman123 beautiful beautiful1 beautifulgirl benjamin bestfriends bestfriends1 billybob1234
birthday birthday1 bismillah blessed1 blink182blink182 blueberry brittany broncos1 bubblegum123 budweiser butterflies
butterfly butterfly1 butterfly123 california california123 capslock1234 carolina carolina1 catscatscats change_me
changeme changeme! changeme1 changeme123 charlie1 charlie123 cheerleader cheesecake123 chelsea1 chevrolet chocolate
chocolate1 chocolate123 christian christina christine christmas christmas1 christmas2025 christopher christopher1
cocacola colorado1234 computer computer1 computer1234 congratulations contrasena contrasena123 contraseña
contraseña123 cookie123 cookiemonster cookiemonster1 correcthorse correcthorsebattery correcthorsebatterystaple
corvette counterstrike counterstrike1 cowboys1 creative cristina cupcake1 customerservice danielle december december1
default1 defaultpassword demo1234 diamond1 dolphin1 dolphins dontforgetit dragon123 dragonball dragonball123
dragonballz1 drowssap einstein elephant elephant1 elizabeth elizabeth1 estrella everythingisok explorer facebook1234
fallout12345 familyfirst1 february fernanda fernando ferrari1 fireball firebird firstpassword flower123 football
football1 football123 football1234 footballfootball forgetmenot1 forgotpassword fortnite fortnite1 francisco freedom1
freedom123 freepass friday13 friendsforever fuckyou1 fuckyou2 gabriela garfield gasutility123 gateway1 givemeaccess
gladiator godbless godfather godisgood123 godislove123 godzilla gooddaysunshine goodluck goodmorning1 goodpassword
gorgeous grandmother1 greenday1234 guest123 guestguest12 guitar123 happybirthday happybirthday1 happyhappyhappy
hardcore harrypotter harrypotter1 harrypotter12 heaven123 heineken hello123 hello1234 hellohello hellohello12
hellokitty hellokitty12 hellokitty123 helloworld helloworld12 helloworld123 hercules highland hollywood honeybee
houseofcards1 ihatepasswords ilovechocolate ilovegod ilovejesus12 iloveme1 ilovemyfamily ilovemymom12 iloveu123
iloveyou iloveyou! iloveyou1 iloveyou123 iloveyou1234 iloveyou12345 iloveyou2 iloveyou4ever iloveyoubaby
iloveyouforever iloveyousomuch india123 indonesia infinity infinity1 internet internet1 internet1234 intrepid ironman1
jackass1 jamesbond january1 jennifer jennifer1 jeremiah jessica1 jesus123 jesus4ever jesuschrist jesuschrist1
jesusismylord jesuslovesme jonathan jonathan1 jordan23 justinbieber justinbieber1 juventus kawasaki killer123
kingkong1234 kristina lakers24 lakersfan123 lasvegas leavemealone leonardo letmein! letmein1 letmein123 letmein12345
letmein123456 letmeinletmein letmeinnow letmeinplease liberty1 lightning livelaughlove liverpool liverpool1
liverpool123 liverpoolfc1 login123 login1234 logitech logitech1234 lollipop lollipop1 london123 lonestar longpassword
lordoftherings lovelove lovelovelove loveme123 loveyou1 loveyou12345 loveyouforever makelovenotwar manchester
manchester123 manchesterunited mandarin mariposa marlboro marshall maryjane master123 masterpass masterpassword
matthew1 maverick mechanic mercedes mercedesbenz metallic metallica metallica1 metallica123 michael1 michaeljackson
michelle michelle1 michigan mickey123 microsoft microsoft123 midnight midnight1 minecraft minecraft1 minecraft123
mississippi1 mississippi123 mitchell mmmmmmmmmmmm monday123 monkey123 monkeymonkey montana1 mortgage motorola mountain
music123 mustang1 mylittlepony mynameisjohn mypassword mypassword12 mypassword123 mypassword1234 mysecret
mysecretpassword mystery12345 napoleon naruto123456 natalia1 national neverforgetme newpassword newpassword1
newpassword12 newpassword123 newyork1 nicholas nintendo nirvana1 nopassword123 northern notmypassword november
oblivion onedirection onedirection1 onetwothreefour openopenopen opensesame12 opensesame123 operator original
p@$$w0rd1234 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssw0rd1234 p@ssw0rd12345 p@ssword p@ssword1234 p@ssword12345
pa$$w0rd1234 pa$$word pa55word pa55word1234 pakistan pakistan1 panasonic panther1 panthers paradise pass1234 pass12345
passpass passphrase passport passw0rd passw0rd1 passw0rd1234 passw0rd12345 password password! password!@#$ password01
password0123 password1 password1! password1111 password12 password1212 password123 password123! password123!@#
password1234 password1234! password12345 password12345! password123456 password123456789 password1password password2
password2024 password2025 password2026 password3 passwordispassword passwordless passwords passwort patricia patrick1
pavilion peaches1 penguin1 peterpan phoenix1 pinnacle platinum playstation pleaseletmein pleasure pokemon1 pokemon123
pokemon12345 pokemonpokemon positive precious precious1 predator presario president primetime princesa princesa1
princess princess1 princess123 princess1234 princess12345 property pumpkin1 q1q1q1q1 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6
q1w2e3r4t5y6u7 qazwsx123 qazwsxedc qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazxswedcvfr qqqqqqqqqqqq qwe123456
qwe123qwe123 qweasdzxc qweasdzxc123 qweasdzxcrty qweqweqwe qweqweqweqwe qwer1234 qwer1234asdf qwer1234asdfzxcv
qwer1234qwer qwerasdf qwerasdfzxcv qwerqwer qwerqwerqwer qwert123 qwert1234567 qwert12345qwert qwerty1! qwerty12
qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwerty1234567890
qwertyqwerty qwertyui qwertyuiop qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop12345 qwertyuiop[] qwertyuiopasdf
rainbow1 rainbows realmadrid realmadrid12 redskins redsox123456 remember rememberme12 rememberthis renegade research
rockandroll1 rockstar rockstar1 rockyou1 rollercoaster root1234 rootroot runescape rush2112 samantha samantha1
samsung1 samsung123 santiago scarface scoobydoo123 scooter1 scorpion scorpion1 sebastian sebastian1 sebastien secret1!
secret12 secret123 secret123456 secretpassword security security1 september september1 september11 serenity shadow12
shadow123 shopping showtime singapore skateboard skateboarding skywalker slipknot slipknot1 snickerdoodle snickers
snoopy123 snowball soccer10 soccer123 softball softball1234 sometimes southcarolina southern spartan1 spiderman
spiderman1 spiderman123 spongebob spongebob1 spongebob123 spring123 spring2025 spring2026 squarepants1 squirrel
srinivas standard stargate startrek starwars starwars1 starwars1234 station1 steelers stephanie stephanie123 sterling
stingray strawberries strawberry strawberry12 strawberry123 strongpassword summer123 summer2024 summer2025 summer2026
summersummer summertime12 sunday123 sundevil sunflower sunflower1 sunflower123 sunshine sunshine1 sunshine123
sunshine1234 sunshine12345 superman superman1 superman123 superman1234 superman12345 supernatural supernatural1
supernova superpassword supersecret1 supersecret123 superstar superstar1 superstar123 survivor sweetheart sweetheart1
sweetpea swimming swordfish123 tacobell tarheels tazmania teacher1 teamo123 techsupport1 temp1234 temporary temppass
temppassword temppassword1 tennessee123 tequiero tequiero1 terminator test1234 test12345 tester123 testing1 testing123
testing12345 testpassword testtest testtesttest thailand thebestofme1 theforceiswithyou thepassword therock1 thesims2
thisisapassword thisismypassword thisisnotapassword thompson threelittlepigs thuglife thunder1 tiffany1 tiger123
timeforachange tinkerbell tobeornottobe together tomorrow toor1234 topsecret tottenham123 training transformers
treasure trinity1 tropical trouble1 truelove trustno1 trustno1! trustno1trustno1 tryharder123 twilight ultimate
unbelievable undertaker12 unicorn1 universal universe user1234 username vacation valentina valentina123 valentine
vampire1 vanessa1 veronica victoria victoria1234 vincent1 virginia1 volleyball volleyball12 volleyball123 warcraft
warhammer warrior1 washington12 wednesday123 welcome! welcome1 welcome1! welcome12 welcome123 welcome12345
welcome123456 welcome2 welcomehome1 welcomewelcome westhamunited westside whatever whatever1 whatsmyname1 whatthehell1
whiskers whitney1 wildcats william1 wilson123 windows1 windowsxp123 winniethepooh winter123 winter2024 winter2025
winter2026 wireless wolverine wonderful123 wonderwoman1 woodland wordpass1234 worldofwarcraft wrestling wwwwwwwwwwww
xxxxxxxx yamaha123 yankees1 yankees12345 yellow123 yourpassword zachary1 zaq12wsx zaq12wsxcde3 zaq1xsw2cde3 zaq1zaq1
zaq1zaq1zaq1 zxcvbnm,./ zxcvbnm,./123 zxcvbnm1 zxcvbnm123 zxcvbnm12345 zxcvbnmasdfghjkl zzzzzzzz zzzzzzzzzzzz
abcd admin amanda andrea andrew angel anthony april asdfgh ashley august austin autumn azerty baby bailey banana
barbara batman boomer brandon buster camila carlos charlie cheese chelsea chicken city cookie cowboy crystal daddy
dallas daniel diamond dolphin dragon eagles falcon fall family father flower fluffy forever freedom friday friend
garden george ginger golden google guest guitar hammer hannah happy harley heather heaven hello hockey hunter iloveu
jackson james january jasmine jessica jesus jordan joshua july june junior killer lakers lauren letmein liberty login
london love lovely loveme lucky maggie mama march marina martin master matthew melissa merlin michael miller mommy
monday money monkey morgan mother muffin mustang natasha nicole ninja nothing october orange pass passwd patrick
peanut pepper phoenix player pokemon porsche pretty purple qazwsx qwert qwerty raiders rainbow ranger richard robert
runner sample samsung scooter secret server shadow silver sister soccer sophie sparky spider spring startup stella
steven summer sunday super support sweet system taylor temp test texas thomas thunder tiger tigger toyota trustno
tucker tuesday user victor walter welcome william winter wizard xavier yankees yellow zxcvbn
)";

bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

} // namespace

bool is_common_password(std::string_view password)
{
    const std::string wanted = base::ascii_lower(password);
    if (wanted.empty() || wanted.find_first_of(" \n") != std::string::npos)
        return false;
    for (std::size_t at = 0; (at = common_passwords.find(wanted, at)) != std::string_view::npos; ++at) {
        if (is_blank(common_passwords[at - 1]) && is_blank(common_passwords[at + wanted.size()]))
            return true;
    }
    return false;
}

} // namespace sign_in
