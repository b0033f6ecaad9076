using System.Text.Json;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Tests.Unit.Evs.Models;

public sealed class CreateVolumeTests
{
    [Fact]
    public void Every_field_goes_under_its_documented_name()
    {
        var request = new CreateVolumeRequest
        {
            Volume = new CreateVolume
            {
                AvailabilityZone = "az1",
                VolumeType = "GPSSD2",
                Size = 40,
                Name = "n",
                Description = "",
                Count = 2,
                SnapshotId = "s",
                ImageId = "i",
                BackupId = "b",
                Multiattach = false,
                Metadata = new Dictionary<string, string> { [VolumeMetadata.Passthrough] = "true" },
                Tags = new Dictionary<string, string> { ["k"] = "v" },
                EnterpriseProjectId = "0",
                Iops = 3000,
                Throughput = 125,
                ServerId = "not here",
                DedicatedStorageId = "not here",
                Billing = new BillingParameters(),
            },
            Billing = new BillingParameters { ChargingMode = "prePaid", PeriodType = "month", PeriodNum = 1, IsAutoPay = "true", IsAutoRenew = "false" },
            ServerId = "server",
            SchedulerHints = new SchedulerHints { DedicatedStorageId = "pool" },
        };

        var json = JsonSerializer.Serialize(request, EvsJson.Default.CreateVolumeRequest);

        json.ShouldBe(
            """
            {"volume":{"availability_zone":"az1","volume_type":"GPSSD2","size":40,"name":"n","description":"","count":2,"snapshot_id":"s",
            "imageRef":"i","backup_id":"b","multiattach":false,"metadata":{"hw:passthrough":"true"},"tags":{"k":"v"},
            "enterprise_project_id":"0","iops":3000,"throughput":125},
            "bssParam":{"chargingMode":"prePaid","periodType":"month","periodNum":1,"isAutoPay":"true","isAutoRenew":"false"},
            "server_id":"server","OS-SCH-HNT:scheduler_hints":{"dedicated_storage_id":"pool"}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void What_is_not_given_is_not_sent()
    {
        var request = new CreateVolumeRequest { Volume = new CreateVolume { AvailabilityZone = "az1", VolumeType = "SSD", Size = 10 } };

        JsonSerializer.Serialize(request, EvsJson.Default.CreateVolumeRequest)
            .ShouldBe("""{"volume":{"availability_zone":"az1","volume_type":"SSD","size":10}}""");
    }
}
