using PulumiEvs.Harness;

namespace PulumiEvs.Tests.Functional.Configuration;

/// <summary>The accounts that a local EVS has for these tests, as its set-up.</summary>
internal static class Accounts
{
    /// <param name="region">Also the name of the project.</param>
    public static string SetUp(string region) => $$"""
        {
          "clockOffsetSeconds": 0,
          "projects": [{ "id": "{{SimulatorProcess.ProjectId}}", "name": "{{region}}" }],
          "users": [
            { "name": "local-user", "password": "local-password", "domain": "local-domain" },
            { "name": "reader", "password": "reader-password", "domain": "local-domain", "deny": ["*uota*"], "denyCode": "APIGW.0302" }
          ],
          "accessKeys": [
            { "access": "{{SimulatorProcess.AccessKey}}", "secret": "{{SimulatorProcess.SecretKey}}", "user": "local-user" },
            { "access": "READERKEY", "secret": "reader-secret", "user": "reader" },
            { "access": "TEMPORARYKEY", "secret": "temporary-secret", "securityToken": "temporary-token", "user": "local-user", "expiresAt": "2999-01-01T00:00:00Z" },
            { "access": "EXPIREDKEY", "secret": "expired-secret", "securityToken": "expired-token", "user": "local-user", "expiresAt": "2020-01-01T00:00:00Z" }
          ],
          "tokens": [
            { "value": "{{SimulatorProcess.Token}}", "user": "local-user", "projectId": "{{SimulatorProcess.ProjectId}}" },
            { "value": "old-token", "user": "local-user", "projectId": "{{SimulatorProcess.ProjectId}}", "expiresAt": "2020-01-01T00:00:00Z" }
          ],
          "agencies": [{ "name": "deploy", "domain": "local-domain", "user": "local-user" }]
        }
        """;

    /// <summary>The server that this runs on has an agency.</summary>
    public static string ServerAgency(double lifetimeSeconds = 3600) => $$"""{ "serverAgency": { "user": "local-user", "lifetimeSeconds": {{lifetimeSeconds}}, "tokenRequired": true } }""";
}
