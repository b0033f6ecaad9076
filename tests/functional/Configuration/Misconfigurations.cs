using PulumiEvs.Harness;
using PulumiEvs.Resources.Values;
using static PulumiEvs.Tests.Functional.Configuration.Misconfiguration;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>The ways to get the configuration wrong that people have found so far.</summary>
internal static class Misconfigurations
{
    private static readonly PropertyValue None = PropertyValue.Null.Instance;

    public static readonly IReadOnlyList<Misconfiguration> All =
    [
        new("No region")
        {
            Message = "evs:region is not set: run `pulumi config set evs:region <region>`. Region of the cloud, such as `eu-de` or `cn-north-4`. Required unless `endpoint` is given; with the cloud `local` it is `local-1` when not given. Also from the environment: HW_REGION_NAME, OS_REGION_NAME, OS_REGION.",
        },
        new("An empty region") { Configuration = [("region", "")], Message = "evs:region must not be empty" },
        new("A region of another cloud")
        {
            Configuration = [("region", "eu-de")],
            Message = "evs:region \"eu-de\" belongs to Open Telekom Cloud, not to Huawei Cloud: set evs:cloud to \"opentelekomcloud\", or choose another region",
        },
        new("A region of another cloud, from the environment")
        {
            Variables = [("OS_REGION_NAME", "eu-ch2")],
            Message = "OS_REGION_NAME \"eu-ch2\" belongs to Open Telekom Cloud, Swiss, not to Huawei Cloud: set evs:cloud to \"opentelekomcloud-swiss\", or choose another region",
        },
        new("A cloud with a typo")
        {
            Configuration = [("cloud", "opentelecomcloud"), ("region", "eu-de")],
            Message = "evs:cloud \"opentelecomcloud\" is not a cloud that is known; did you mean opentelekomcloud?",
        },
        new("A cloud that there is not")
        {
            Configuration = [("cloud", "aws"), ("region", "eu-central-1")],
            Message = "evs:cloud \"aws\" is not a cloud that is known; there are: huaweicloud, opentelekomcloud, opentelekomcloud-swiss, flexibleengine, local; any other is given by evs:endpoint and evs:authUrl",
        },
        new("A key with a typo")
        {
            Configuration = [("region", "eu-de"), ("cloud", "opentelekomcloud"), ("acessKey", "AK")],
            Message = "evs:acessKey is not a property; did you mean accessKey?",
        },
        new("A key that there is not")
        {
            Configuration = Good(("flavour", "x")),
            Message = "evs:flavour is not a property; there are: cloud, region, projectId, endpoint, apiVersions, projectName, authUrl, ecsEndpoint, accessKey, secretKey, securityToken, token, userName, password, domainName, agencyName, agencyDomainName, profile, insecure, caCertFile, metadataEndpoint, enterpriseProjectId, defaultTags, maxRetries, requestTimeout, createJournal, lostAnswerWindow, preflight, preflightTimeout",
        },
        new("Malformed JSON")
        {
            Configuration = Good(("defaultTags", """{"team": storage}""")),
            Message = "evs:defaultTags must be an object (as JSON text: {\"key\":\"value\"}), but is the string \"{\"team\": storage}\"",
        },
        new("JSON of another type")
        {
            Configuration = Good(("defaultTags", """["team"]""")),
            Message = "evs:defaultTags must be an object (as JSON text: {\"key\":\"value\"}), but is the string \"[\"team\"]\"",
        },
        new("A default tag that EVS does not take")
        {
            Configuration = Good(("defaultTags", """{"the team": "storage"}""")),
            Message = "evs:defaultTags[\"the team\"]: tag key \"the team\" must have 1 to 36 characters: letters, digits, '_', '-' and Chinese characters",
        },
        new("An API version that there is not")
        {
            Configuration = Good(("apiVersions", """{"create": "v9"}""")),
            Message = "evs:apiVersions.create cannot be \"v9\"; it can be v2 or v2.1 or v3",
        },
        new("An operation that there is not")
        {
            Configuration = Good(("apiVersions", """{"attach": "v2"}""")),
            Message = "evs:apiVersions has no operation \"attach\"; there are create, extend, delete, retype, qos, volumes, tags, snapshots, catalogue",
        },
        new("Negative retries") { Configuration = Good(("maxRetries", "-1")), Message = "evs:maxRetries must be from 0 to 100, but is -1" },
        new("Retries that are no number") { Configuration = Good(("maxRetries", "many")), Message = "evs:maxRetries must be a whole number, but is the string \"many\"" },
        new("No time for requests") { Configuration = Good(("requestTimeout", 0)), Message = "evs:requestTimeout must be from 1 to 3600 seconds, but is 0" },
        new("A time with a unit") { Configuration = Good(("requestTimeout", "60s")), Message = "evs:requestTimeout must be a whole number, but is the string \"60s\"" },
        new("A boolean in other words") { Configuration = Good(("insecure", "yes")), Message = "evs:insecure must be true or false, but is the string \"yes\"" },
        new("A boolean in other words, from the environment")
        {
            Configuration = Good(), Variables = [("OS_INSECURE", "yes")],
            Message = "OS_INSECURE must be true or false, but is \"yes\"",
        },
        new("Plain http to another machine")
        {
            Configuration = Good(("endpoint", "http://evs.eu-de.otc.t-systems.com")),
            Message = "evs:endpoint \"http://evs.eu-de.otc.t-systems.com\" would send credentials in the clear: plain http is allowed only to this machine, use https",
        },
        new("Plain http to another machine, from the environment")
        {
            Configuration = [("cloud", "opentelekomcloud"), ("region", "eu-de")], Variables = [("OS_AUTH_URL", "http://iam.eu-de.otc.t-systems.com/v3")], Message = "OS_AUTH_URL \"http://iam.eu-de.otc.t-systems.com/v3\" would send credentials in the clear: plain http is allowed only to this machine, use https",
        },
        new("An endpoint that is no address")
        {
            Configuration = Good(("endpoint", "eu de")),
            Message = "evs:endpoint \"eu de\" is not an address such as https://evs.eu-de.otc.t-systems.com",
        },
        new("An endpoint with version and project")
        {
            Configuration = Good(("endpoint", "https://evs.eu-de.otc.t-systems.com/v2/0123456789abcdef")),
            Message = "evs:endpoint \"https://evs.eu-de.otc.t-systems.com/v2/0123456789abcdef\" must not name an API version or project: give it without \"/v2/0123456789abcdef\"",
        },
        new("An endpoint with a password in it")
        {
            Configuration = Good(("endpoint", "https://me:hush@evs.eu-de.otc.t-systems.com")),
            Message = "evs:endpoint must not have a user name or password in it",
        },
        new("An access key without its secret key") { Configuration = Good(("secretKey", None)), Message = "evs:accessKey is set, but evs:secretKey is not: set both, or neither" },
        new("A secret key without its access key") { Configuration = Good(("accessKey", None)), Message = "evs:secretKey is set, but evs:accessKey is not: set both, or neither" },
        new("Half a pair of keys, in the environment")
        {
            Configuration = Bare(("projectId", SimulatorProcess.ProjectId)), Variables = [("HW_ACCESS_KEY", "AK")], Message = "reading quotas: finding credentials failed: no credentials are complete (HW_ACCESS_KEY is set, but HW_SECRET_KEY is not), and this machine is not a server of the cloud with an agency: Connection refused (127.0.0.1:40123). Set what is missing, or evs:accessKey and evs:secretKey, or another kind of credentials. [PUT 127.0.0.1:40123/meta-data/latest/api/token]",
        },
        new("A security token without a key") { Configuration = Bare(("securityToken", "hush")), Message = "evs:securityToken is set, but evs:accessKey is not: set both, or neither" },
        new("A user without a password") { Configuration = Bare(("userName", "me"), ("domainName", "us")), Message = "evs:userName is set, but evs:password is not: set both, or neither" },
        new("A user without an account")
        {
            Configuration = Bare(("userName", "me"), ("password", "hush")),
            Message = "evs:userName and evs:password are set, but evs:domainName is not: set it to the name of the account that the user belongs to",
        },
        new("An agency without its account")
        {
            Configuration = Good(("agencyName", "deploy")),
            Message = "evs:agencyName is set (\"deploy\"), but evs:agencyDomainName is not: set it to the name of the account that has the agency",
        },
        new("An account without its agency")
        {
            Configuration = Good(("agencyDomainName", "us")),
            Message = "evs:agencyDomainName is set (\"us\"), but evs:agencyName is not: set it to the name of an agency of that account",
        },
        new("A profile that there is not")
        {
            Configuration = Bare(("profile", "work")), Files = [(".hcloud/config.json", """{"profiles": [{"name": "home"}]}""")], Message = "evs:profile \"work\" gives no credentials: the file /home/me/.hcloud/config.json has no profile \"work\" (it has home); there is no clouds.yaml with a cloud \"work\"",
        },
        new("A profile file that is malformed")
        {
            Configuration = Bare(("profile", "work")), Files = [(".hcloud/config.json", """{"profiles": [{"name": "work", "secretAccessKey": "hush" }""")], Message = "evs:profile \"work\" gives no credentials: the file /home/me/.hcloud/config.json is not well-formed: line 1 is not JSON; there is no clouds.yaml with a cloud \"work\"",
        },
        new("A profile in the environment that there is not")
        {
            Configuration = Bare(("projectId", SimulatorProcess.ProjectId)), Variables = [("OS_CLOUD", "work")],
            Files = [(".config/openstack/clouds.yaml", "clouds: {home: {}}")], Message = "reading quotas: finding credentials failed: no credentials are complete (the file /home/me/.config/openstack/clouds.yaml has no cloud \"work\" (it has home)), and this machine is not a server of the cloud with an agency: Connection refused (127.0.0.1:40123). Set what is missing, or evs:accessKey and evs:secretKey, or another kind of credentials. [PUT 127.0.0.1:40123/meta-data/latest/api/token]",
        },
        new("An authority file that there is not")
        {
            Configuration = Good(("caCertFile", "HOME/ca.pem")),
            Message = "evs:caCertFile \"/home/me/ca.pem\" cannot be used: there is no such file",
        },
        new("An authority file that is not PEM")
        {
            Configuration = Good(("caCertFile", "HOME/ca.der")), Files = [("ca.der", "0\u0082\u0003")],
            Message = "evs:caCertFile \"/home/me/ca.der\" cannot be used: it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
        },
        new("Neither region nor project")
        {
            Configuration = Good(("region", None)),
            Message = "evs:projectId is not set, and there is neither evs:region nor evs:projectName to look it up by: set one of the three",
        },

        // From here on the configuration looks right, and the cloud does not take it.
        new("No credentials at all")
        {
            Configuration = Bare(("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas: finding credentials failed: no credentials are set, and this machine is not a server of the cloud with an agency: Connection refused (127.0.0.1:40123). Set evs:accessKey and evs:secretKey, or another kind of credentials. [PUT 127.0.0.1:40123/meta-data/latest/api/token]",
        },
        new("A server without an agency")
        {
            Configuration = Bare(("projectId", SimulatorProcess.ProjectId), ("metadataEndpoint", "CLOUD")),
            Message = "reading quotas: getting the temporary key of this server's agency failed: HTTP 404: no agency is bound to this server. Give this server an agency for ECS with permissions for EVS, or set other credentials. [GET 127.0.0.1:40123/openstack/latest/securitykey, request id 6c1f…]",
        },
        new("A wrong secret key")
        {
            Configuration = Good(("secretKey", "hush")),
            Message = "reading quotas: looking up the project of local-1 failed: APIGW.0301 (HTTP 401): Incorrect IAM authentication information. Check the access key, secret key or token, that they belong to this cloud and region, and that the key is enabled. The request was made with access key LOCA… from the configuration. [GET 127.0.0.1:40123/v3/projects, request id 6c1f…]",
        },
        new("A wrong secret key, in the environment")
        {
            Configuration = Bare(("projectId", SimulatorProcess.ProjectId)), Variables = [("HW_ACCESS_KEY", "LOCALACCESSKEY"), ("HW_SECRET_KEY", "hush")], Message = "reading quotas failed: APIGW.0301 (HTTP 401): Incorrect IAM authentication information. Check the access key, secret key or token, that they belong to this cloud and region, and that the key is enabled. The request was made with access key LOCA… from the environment variables HW_*. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef, request id 6c1f…]",
        },
        new("An expired temporary key")
        {
            Configuration = Good(("accessKey", "EXPIREDKEY"), ("secretKey", "expired-secret"), ("securityToken", "expired-token"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: APIGW.0301 (HTTP 401): Incorrect IAM authentication information. Check the access key, secret key or token, that they belong to this cloud and region, and that the key is enabled. A temporary key lasts no longer than a day: get a new one, with its own security token, or use a permanent one. The request was made with temporary access key EXPI… from the configuration. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef, request id 6c1f…]",
        },
        new("An expired token")
        {
            Configuration = Bare(("token", "old-token"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: HTTP 401: Invalid token in the header. Check the credentials and that they belong to this cloud and region. A token lasts no longer than a day: get a new one, or use an access key, which does not expire. The request was made with a token from the configuration. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef, request id 6c1f…]",
        },
        new("A wrong password")
        {
            Configuration = Bare(("userName", "local-user"), ("password", "hush"), ("domainName", "local-domain")),
            Message = "reading quotas: getting a token for user local-user failed: HTTP 401: The username or password is wrong. Check evs:userName, evs:password and evs:domainName, and that the user belongs to this cloud; also that the project exists in its region. [POST 127.0.0.1:40123/v3/auth/tokens, request id 6c1f…]",
        },
        new("An agency that there is not")
        {
            Configuration = Good(("agencyName", "nobody"), ("agencyDomainName", "local-domain")),
            Message = "reading quotas: assuming agency nobody of local-domain failed: HTTP 404: Could not find the agency. Check evs:agencyName and evs:agencyDomainName, that the agency trusts this account, and that the user may assume agencies (role Agent Operator). [POST 127.0.0.1:40123/v3/auth/tokens, request id 6c1f…]",
        },
        new("No permission")
        {
            Configuration = Good(("accessKey", "READERKEY"), ("secretKey", "reader-secret")),
            Message = "reading quotas failed: APIGW.0302 (HTTP 403): The IAM user is not authorized to access this API. This user may not use the call: give it the permission in IAM. The request was made with access key READ… from the configuration. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef, request id 6c1f…]",
        },
        new("A clock that is off")
        {
            Configuration = Good(), SetUp = """{"clockOffsetSeconds": 3600}""",
            Message = "reading quotas: looking up the project of local-1 failed: APIGW.0303 (HTTP 401): Incorrect authentication information: the signing time is not within 15 minutes of the server's. Check the clock of this machine: a signature is valid for 15 minutes around the time of the service. The clock of this machine is 60 minutes behind that of the service. The request was made with access key LOCA… from the configuration. [GET 127.0.0.1:40123/v3/projects, request id 6c1f…]",
        },
        new("A project that is not yours")
        {
            Configuration = Good(("projectId", "ffffffffffffffffffffffffffffffff")),
            Message = "reading quotas failed: HTTP 400: invalid tenant id! Check evs:projectId: it must be the id of a project of this region that the credentials are for, not its name. [GET 127.0.0.1:40123/v2/ffffffffffffffffffffffffffffffff/os-quota-sets/ffffffffffffffffffffffffffffffff, request id 6c1f…]",
        },
        new("No project of the region")
        {
            Configuration = Good(("region", "local-2")),
            Message = "reading quotas: looking up the project of local-2 failed: there is no project named \"local-2\" that this credential can see; it can see \"local-1\" (0123456789abcdef0123456789abcdef). Check evs:region and the credentials, or set evs:projectId. [GET 127.0.0.1:40123/v3/projects]",
        },
        new("Several projects of one name")
        {
            Configuration = Good(), Message = "reading quotas: looking up the project of local-1 failed: several projects are named \"local-1\": 0123456789abcdef0123456789abcdef, fedcba9876543210fedcba9876543210. Set evs:projectId to the one that is meant. [GET 127.0.0.1:40123/v3/projects]",
            SetUp = """{"projects": [{"id": "0123456789abcdef0123456789abcdef", "name": "local-1"}, {"id": "fedcba9876543210fedcba9876543210", "name": "local-1"}]}""",
        },
        new("An identity service that is not there")
        {
            Configuration = Good(("authUrl", "CLOSED")),
            Message = "reading quotas: looking up the project of local-1 failed: Connection refused (127.0.0.1:40123). Check evs:authUrl, the network and any proxy. [GET 127.0.0.1:40123/v3/projects]",
        },
        new("An EVS that is not there")
        {
            Configuration = Good(("endpoint", "CLOSED"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: Connection refused (127.0.0.1:40123). Check evs:endpoint, the network and any proxy. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef]",
        },
        new("A host that nobody knows")
        {
            Configuration = Good(("endpoint", "https://evs.nowhere.invalid"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: the host evs.nowhere.invalid is not known. Check evs:cloud, evs:region and evs:endpoint, and the name server of this machine. [GET evs.nowhere.invalid/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef]",
        },
        new("A certificate of an unknown authority")
        {
            Configuration = Good(("endpoint", "TLS"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: The SSL connection could not be established: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot. The connection could not be secured: check evs:endpoint, any proxy in between and the clock; give its authority as evs:caCertFile if it has its own. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef]",
        },
        new("TLS to a port that has none")
        {
            Configuration = Good(("endpoint", "https:CLOUD"), ("projectId", SimulatorProcess.ProjectId)),
            Message = "reading quotas failed: The SSL connection could not be established: Cannot determine the frame size or a corrupted frame was received. The connection could not be secured: check evs:endpoint, any proxy in between and the clock; give its authority as evs:caCertFile if it has its own. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef]",
        },
        new("An endpoint that is another server's")
        {
            Configuration = Good(("projectId", SimulatorProcess.ProjectId)), Message = "reading quotas failed: HTTP 404: 404 nothing here. The answer is not from the service: check evs:endpoint, evs:region and evs:apiVersions, and any proxy in between. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef, request id 6c1f…]",
            Fault = """{"operation": "*uota*", "effect": "error", "status": 404, "shape": "html", "message": "nothing here"}""",
        },
        new("Too little time for a request")
        {
            Configuration = Good(("requestTimeout", 1), ("projectId", SimulatorProcess.ProjectId)), Message = "reading quotas failed: no answer within 1 s. Check the network and the service's state; evs:requestTimeout allows it more time. [GET 127.0.0.1:40123/v2/0123456789abcdef0123456789abcdef/os-quota-sets/0123456789abcdef0123456789abcdef]",
            Fault = """{"operation": "*uota*", "effect": "delay", "ms": 60000}""",
        },
    ];
}
