namespace SecurityToolchain.Secrets.Classification;

/// <summary>The words that names of credentials are made of, and those that turn them into names of something else.</summary>
internal static class CredentialVocabulary
{
    public static readonly WordSet Passwords = Set(
        "password passwords passwd passwrd pwd pswd psw passphrase passcode userpwd dbpwd adminpwd dbpassword userpassword adminpassword mypassword sapassword "
        + "rootpassword smtppassword sqlpassword ftppassword dbpass userpass mypass smtppass adminpass rootpass mysqlpass sqlpass ftppass emailpassword mailpassword "
        + "defaultpassword keystorepassword certpassword pfxpassword passwort kennwort contrasena motdepasse senha wachtwoord parola haslo masterpassword loginpassword");

    /// <summary>Words that mean a password only where they end the name.</summary>
    public static readonly WordSet FinalPasswords = Set("pass pw");

    public static readonly WordSet Secrets = Set(
        "secret clientsecret appsecret jwtsecret apisecret sharedsecret consumersecret authsecret tokensecret webhooksecret sessionsecret pepper secretaccess");

    public static readonly WordSet Keys = Set(
        "apikey accesskey secretkey privatekey signingkey encryptionkey cryptokey authkey masterkey sharedkey accountkey storagekey licensekey licencekey "
        + "aeskey hmackey jwtkey rsakey subscriptionkey sharedaccesskey passkey appkey hostkey securitykey");

    /// <summary>Words that make a following <c>key</c> a credential.</summary>
    public static readonly WordSet KeyQualifiers = Set(
        "api access secret private signing sign encryption encrypt encrypting decryption decrypt crypto cipher master shared account storage auth authentication "
        + "authorization subscription symmetric hmac aes des tripledes rsa ecdsa jwt token security service webhook functions sas license licence account machine "
        + "validation mac admin root user application wrapping data "
        + "sendgrid mailgun mailchimp twilio stripe paypal openai anthropic github gitlab slack discord telegram firebase algolia datadog cloudflare shopify azure aws");

    public static readonly WordSet Tokens = Set(
        "accesstoken authtoken bearertoken apitoken refreshtoken oauthtoken jwttoken securitytoken sessiontoken bottoken deploytoken personalaccesstoken usertoken idtoken jwt");

    /// <summary>Words that make a following <c>token</c> a credential of its own.</summary>
    public static readonly WordSet TokenQualifiers = Set(
        "access auth authentication authorization bearer api refresh personal oauth jwt security session bot deploy registration webhook github gitlab slack npm nuget "
        + "discord telegram azure aws secret admin service device management write read publish upload sas vault hub account static");

    public static readonly WordSet WeakTokens = Set("token tokens pat credential credentials creds cred secrets sas");

    public static readonly WordSet ConnectionStrings = Set("connectionstring connectionstrings connstr connstring connectionstr dsn cnstr cnnstring conn");

    /// <summary>Last words that make the whole a name of something about a credential.</summary>
    public static readonly WordSet AboutLast = Set(
        "name names id ids identifier field fields label labels text title message messages error errors prompt placeholder header headers param params parameter "
        + "parameters arg argument argname url urls uri uris endpoint endpoints path paths file files filename folder directory dir location type types format "
        + "length size min max minimum maximum policy policies pattern regex rule rules regexp hash hashes hashed hasher hashalgorithm salt column columns col "
        + "table query sql template templates property prop attribute attr claim claims scheme provider providers hint caption tooltip description desc section "
        + "settings options option config configuration configkey expiry expiration lifetime ttl timeout count index prefix suffix delimiter separator mode kind "
        + "state status enabled disabled required reset resets changed change cookie cookies env environment variable var chars characters charset alphabet mask "
        + "help page view screen form box input textbox control element selector xpath css class link button btn icon image route action method command "
        + "subject body topic event audit log logger level validator validation validations requirement requirements strength confirmationmessage usage purpose "
        + "reference ref arn version issuer audience algorithm alg encoding culture locale resource resources key provider source store storename vault manager "
        + "handler factory service generator parser reader writer builder helper comparer extension metadata info date time at on by expires bits size flag grant result results outcome response request feature question answer gauge counter histogram meter metric");

    /// <summary>Words behind a credential's word that leave it one: <c>passwordBytes</c>, <c>apiKeyProduction</c>, <c>PasswordForAdmin</c>.</summary>
    public static readonly WordSet NeutralSuffixes = Set(
        "value string str plain plaintext raw clear cleartext bytes byte array span base64 hex utf8 encoded decoded data default fallback for dev development prod production "
        + "test staging local live sandbox old new current previous primary secondary main admin administrator root user db database sql smtp mail confirm confirmation input entered expected correct actual real const constant literal secret password");

    /// <summary>Words that, anywhere, make it something else.</summary>
    public static readonly WordSet AboutAnywhere = Set(
        "cancellation syntax public antiforgery forgery csrf xsrf continuation pagination paging page next foreign partition sort cache caching registry routing forgot forgotten "
        + "invalid incorrect wrong missing required requires require has is should must show hide toggle strength hint policy expired expiration expires hash hashed "
        + "encrypted masked redacted lexer parser grammar delimiter separator whitespace placeholder regex pattern minimum maximum label prompt fake dummy mock sample "
        + "common weak forbidden blocked banned disallowed breached leaked pwned worst example empty null wildcard thumbprint fingerprint checksum digest idempotency concurrency change conflict correlation tracking sync layout replacement tokenizer");

    /// <summary>Words that, at the start of a name, make the rest the name of a part of a document or form: <c>ElemPassword</c>.</summary>
    public static readonly WordSet AboutFirst = Set(
        "elem element attr attribute node tag col column fld field lbl label btn button chk hdr header claim err error msg message caption tooltip title css selector xpath route "
        + "use enable disable allow is has can should show hide supports reset enter choose repeat verify validate check update remember lost recover");

    /// <summary>Words of values that are names themselves.</summary>
    public static readonly WordSet LabelWords = Set(
        "api access client user username users db database app application auth authentication authorization jwt bearer basic id name names value values config configuration "
        + "settings the your new old current confirm confirmation repeat verify smtp sql login service server connection string strings account storage email mail "
        + "header param field input label text type grant http https x web host admin system proxy ssl tls cert certificate pfx sign signing encryption "
        + "shared private public key keys token tokens oauth oauth2 refresh reset change forgot default required invalid code hash salt url path file env var "
        + "google azure aws github gitlab slack stripe twilio sendgrid facebook twitter microsoft openai redis rabbitmq mongo mongodb postgres postgresql mysql mssql "
        + "identity provider scheme cookie session csrf xsrf anti forgery request response error message enter please and or is for of in to my vault machine master "
        + "data protection options option credential credentials");

    /// <summary>The words of a value that make it name a password or secret.</summary>
    public static readonly WordSet PasswordWords = Set(
        "password passwords passwd pwd pass passphrase passcode psw passwort kennwort contrasena senha clave motdepasse wachtwoord parola haslo pw userpassword dbpassword "
        + "losenord kodeord adgangskode passord salasana heslo lozinka geslo sifre jelszo parool contrasenya palavrapasse pasahitza");

    public static readonly WordSet SecretWords = Set("secret secrets clientsecret appsecret apisecret apikey accesskey secretkey accesstoken authtoken apitoken privatekey connectionstring");

    /// <summary>Words that hold a sentence together, or that begin what a program asks for.</summary>
    public static readonly WordSet SentenceWords = Set(
        "a an the is are was be been has have had must should can cannot could may might will would do does did not no your you our this that these those to for from of in on at by "
        + "with without and or but if when while please enter type choose use used using invalid wrong missing required failed error value name user at least characters see show");

    /// <summary>Values that protocols and frameworks define.</summary>
    public static readonly WordSet StandardValues = Set(
        "bearer basic digest negotiate ntlm kerberos none true false yes no on off null default unknown required optional jwt oauth oauth2 openid apikey saml saml2 cookie cookies "
        + "string text hidden object number boolean int int32 varchar nvarchar client_credentials authorization_code refresh_token implicit plain s256 hs256 rs256 es256 "
        + "integrated windows sspi internal external public private readonly read write all any disabled enabled anonymous authorization query header body");

    /// <summary>Whether a value is one word that says how it stands with a credential: <c>missing</c>, <c>required</c>.</summary>
    public static bool SaysState(ReadOnlySpan<char> value)
    {
        if (value.Length > 24)
            return false;
        Span<char> lower = stackalloc char[24];
        ReadOnlySpan<char> word = lower.Slice(0, value.ToLowerInvariant(lower));
        return AboutAnywhere.Contains(word) || StandardValues.Contains(word);
    }

    /// <summary>Whether a word ends in one for a password and nothing before it makes it something else: <c>pgpassword</c>.</summary>
    public static bool EndsInPassword(ReadOnlySpan<char> word)
    {
        foreach (string end in s_passwordEndings)
        {
            if (word.Length > end.Length && word.EndsWith(end.AsSpan(), StringComparison.Ordinal))
                return !AboutAnywhere.Contains(word.Slice(0, word.Length - end.Length)) && !NoPasswords.Contains(word);
        }

        return false;
    }

    private static readonly string[] s_passwordEndings = ["password", "passwd", "passphrase"];

    private static readonly WordSet NoPasswords = Set("nopassword ispassword haspassword changepassword resetpassword setpassword getpassword checkpassword verifypassword validatepassword onpassword samepassword nopasswd usepassword savepassword askpassword enterpassword typepassword");

    private static WordSet Set(string words) => new(words);
}
